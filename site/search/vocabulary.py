"""The words of the site: what a misspelled word may have meant, and how a word may go on."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from publishing.text_search import Term
from publishing.words import stem
from search.models import Word
from search.ranking import exists

MIN_LENGTH = 3  # characters; nearly every shorter word is another one misspelled
MAX_LENGTH = 40
MAX_ENDINGS = 50  # words that a beginning may stand for
MAX_COMPARED = 5_000
BATCH_SIZE = 500


def add(words: Iterable[str]) -> None:
    """Save the words that are not known yet."""
    # In order, so that two tasks that save the same words can't wait for each other.
    wanted = sorted(word for word in words if MIN_LENGTH <= len(word) <= MAX_LENGTH and word.isalpha())
    for start in range(0, len(wanted), BATCH_SIZE):
        batch = wanted[start : start + BATCH_SIZE]
        old = known(batch)
        Word.objects.bulk_create(
            [Word.from_text(word) for word in batch if word not in old], ignore_conflicts=True
        )


def forget(words: Iterable[str]) -> None:
    """Delete those of ``words`` that occur in no entry."""
    gone = [word for word in words if not exists(Term(word, (word,), ((stem(word),),)))]
    Word.objects.filter(text__in=gone).delete()


def clear() -> None:
    Word.objects.all().delete()


def known(words: Iterable[str]) -> set[str]:
    """Return those of ``words`` that occur."""
    return set(Word.objects.filter(text__in=sorted(words)).values_list("text", flat=True))


def stems_beginning(beginning: str) -> list[str]:
    """Return the stems of the words that begin so, those of the shortest words first."""
    if len(beginning) < MIN_LENGTH:
        return []
    words = Word.objects.filter(text__startswith=beginning).order_by("length", "text")
    return list(dict.fromkeys(stem(word) for word in words.values_list("text", flat=True)[:MAX_ENDINGS]))


def similar_words(word: str, *, limit: int) -> list[str]:
    """Return words that ``word`` may be a misspelling of, the most similar first.

    At most two letters differ, in short words one; the first letter or the last two are right.
    """
    if not MIN_LENGTH < len(word) <= MAX_LENGTH:
        return []
    changes = 1 if len(word) < 6 else 2
    of_length = Word.objects.filter(length__range=(len(word) - changes, len(word) + changes))
    candidates: set[str] = set()
    for similar in (of_length.filter(initial=word[:1]), of_length.filter(ending=word[-2:])):
        candidates |= set(similar.values_list("text", flat=True)[:MAX_COMPARED])
    found = extract(word, sorted(candidates), scorer=OSA.distance, score_cutoff=changes, limit=limit * 4)
    ranked = sorted(found, key=lambda one: (one[1], one[0][:1] != word[:1], abs(len(one[0]) - len(word))))
    by_stem = {stem(text): text for text, _, _ in reversed(ranked)}
    return [text for text, _, _ in ranked if by_stem[stem(text)] == text][:limit]
