"""Generated words that occur about as often as those of a language do; the same in every run."""

from __future__ import annotations

import random
from itertools import accumulate

from publishing.words import stem

VOCABULARY = 12_000
dice = random.Random(1974)


def word() -> str:
    return "".join(dice.choice("bcdfglmnprst") + dice.choice("aeiou") for _ in range(dice.randint(2, 4)))


# Words that are their own stems, so that a large library can be written without stemming it.
words = sorted(made for made in {word() for _ in range(VOCABULARY)} if stem(made) == made)
dice.shuffle(words)
# The twentieth word stands on most pages, the thousandth on one in eighty.
CUMULATIVE_WEIGHTS = list(accumulate(1 / (place + 2.7) for place in range(1, len(words) + 1)))


def random_words(number: int) -> str:
    return " ".join(dice.choices(words, cum_weights=CUMULATIVE_WEIGHTS, k=number))
