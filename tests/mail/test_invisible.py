"""What leaves no trace on a screen: one answer for addresses, names, comments and quotations."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.signin.names import NameForm, tidy
from discussion.text import blocklists, markdown
from mail.invisible import is_invisible, without_invisible
from mail.mailboxes import canonical_mailbox, validate_visible
from papers.reader.quotations import place_of

# Formatting, controls, fillers, selectors, empty braille, tags, and what Unicode keeps for more of them.
INVISIBLE = (
    "\u0001\u007f\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u180f\u200b\u200d\u200f\u202e\u2060\u2063"
    "\u2065\u206f\u2800\u3164\ufe0f\ufeff\uffa0\ufff0\ufff9\U0001bca0\U0001d173\U000e0001\U000e0041\U000e01ef"
)
VISIBLE = "aé*.١字\u0600\u06dd\u0301\U0001f600\U0001fae8 \n\u00a0"


@pytest.mark.parametrize("character", INVISIBLE, ids=ascii)
def test_what_leaves_no_trace_is_invisible_everywhere(character):
    assert is_invisible(character)
    assert markdown.is_empty(markdown.render(f"> {character}"))
    assert not NameForm({"name": character}).is_valid()
    assert tidy(f"Ada{character} Plover") == "Ada Plover"
    assert blocklists.find_blocked_word(f"buy vi{character}agra", ["viagra"]) == "viagra"
    assert canonical_mailbox(f"ada{character}@example.org") == "ada@example.org"
    assert place_of("shared nurse", f"A sha{character}red nurse") is not None
    with pytest.raises(ValidationError):
        validate_visible(f"ada{character}@example.org")


@pytest.mark.parametrize("character", VISIBLE, ids=ascii)
def test_what_is_drawn_or_is_white_space_stays(character):
    assert without_invisible(f"a{character}b") == f"a{character}b"


@pytest.mark.parametrize(
    "name",
    ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "श्री\u200dमती", "Ada ❤\ufe0f", "👩\u200d🏫 Ada"],
)
def test_what_joins_or_parts_letters_of_other_scripts_stays_in_names(name):
    assert tidy(name) == name
