"""Every parser of a header or a field answers 400 KB of anything in a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.profile import user_agent
from accounts.profile.avatars import initials
from accounts.profile.forms import ProfileForm
from accounts.signin import forms as signin_forms
from accounts.signin import names
from config.request_checks import MAX_FORM_BYTES
from discussion.editing.forms import EditForm
from discussion.moderation.forms import AppealForm, NoteForm, ReportForm
from discussion.posting.forms import CommentForm
from discussion.posting.guest_views import GuestEmailForm
from discussion.text import anchors, blocklists, markdown, submission
from pagecache.ranges import RangeNotSatisfiableError, parse_range
from papers.citation import formats
from papers.citation.routes import CiteForm
from papers.downloads.counter import is_robot
from papers.oai.records import parse_identifier
from papers.oai.request import OAIError, parse_datestamp, parse_request
from papers.reader.highlighting import Highlighter
from papers.reader.quotations import place_of
from papers.reader_requests.forms import CopyRequestForm, FormatRequestForm
from public_forms import numbers, printable_text, signed_links
from publishing import identifiers, person_names, spreadsheets, text_search

LENGTH = 400_000  # characters; the server takes no longer body or header
CPU_SECONDS = 2.0

# What backtracks: runs of one sign, openings never closed, and each with a misfit at the end.
UNITS = (
    " ", "a", "9", "-", ".", "[", "(", "<a ", "<a href=", '"', "'", "> ", "&#", "%", "\\", "\n", "=",
    "bytes=", "a:", "a@", "a.", "10.1/",
    "\u00ad", "\u200b", "\u0301", "é ", "*a", "_", "`", "![", "http://", "http://a.", "ﷺ", "1,",
)  # fmt: skip
PREFIXES = {"range": "bytes=", "DOI": "doi:", "links": "<a ", "OAI identifier": "oai:"}


def link_hosts(text: str) -> Any:
    return [blocklists.host_of(link) for link in blocklists.extract_links(text)]


PARSERS: dict[str, Callable[[str], Any]] = {
    "range": lambda text: parse_range(text, size=1000),
    "robot": is_robot,
    "user agent": user_agent.describe,
    "number": numbers.parse_number,
    "nearest number": lambda text: numbers.nearest_number(text, maximum=10),
    "signed link": lambda text: signed_links.load(text, salt="x", max_age=signed_links.timedelta(days=1)),
    "ORCID iD": identifiers.orcid,
    "DOI": identifiers.doi,
    "ISBN": identifiers.isbn,
    "OAI identifier": parse_identifier,
    "OAI date": parse_datestamp,
    "OAI set": lambda text: parse_request(
        QueryDict(urlencode({"verb": "ListRecords", "set": text, "metadataPrefix": "oai_dc"}))
    ),
    "search": text_search.parse_query,
    "search in a paper": Highlighter,
    "quotation": lambda text: place_of(text[:500], text[500:]),
    "anchor": lambda text: anchors.anchor_from(
        {"anchor_edition": text, "anchor_page": "1", "anchor_quote": text}
    ),
    "printable": printable_text.printable,
    "quote": submission.quote,
    "fingerprint": lambda text: submission.fingerprint("ada", text),
    "blocked word": lambda text: blocklists.find_blocked_word(text, [text[:200], "spam"]),
    "links": link_hosts,
    "host": blocklists.host_of,
    "person's name": names.tidy,
    "initials": initials,
    "name cut": names.truncate,
    "spreadsheet": spreadsheets.spreadsheet_safe,
    # These are bounded by the fields they come from.
    "comment": lambda text: markdown.render(text[: markdown.MAX_LENGTH]),
    "name in a citation": lambda text: person_names.parse(text[:255]),
    "title in a citation": lambda text: formats.one_line(text[:255]),
}


@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_takes_no_time_over_a_long_value(name: str):
    slow = []
    for unit in UNITS:
        value = PREFIXES.get(name, "") + unit * (LENGTH // len(unit)) + "!"
        begun = time.process_time()
        with suppress(ValueError, ValidationError, OAIError, RangeNotSatisfiableError):
            PARSERS[name](value)
        if (taken := time.process_time() - begun) > CPU_SECONDS:
            slow.append((unit, round(taken, 1)))

    assert slow == []


PUBLIC_FORMS: list[type[forms.BaseForm]] = [
    AppealForm, CiteForm, CommentForm, CopyRequestForm, EditForm, FormatRequestForm, GuestEmailForm, NoteForm,
    ProfileForm, ReportForm, signin_forms.AddEmailForm, signin_forms.ChangePasswordForm,
    signin_forms.NewPasswordForm, signin_forms.PasswordResetForm, signin_forms.ReauthenticateForm,
    signin_forms.SetPasswordForm, signin_forms.SignInForm, signin_forms.SignUpForm,
    signin_forms.SocialSignupForm,
]  # fmt: skip


@pytest.mark.parametrize("form", PUBLIC_FORMS, ids=lambda form: form.__name__)
def test_a_field_takes_no_time_to_refuse_a_long_value(form):
    """A field's validators see the whole value, however short the field says that it must be."""
    slow = []
    for unit in UNITS:
        value = unit * (MAX_FORM_BYTES // len(unit.encode()))
        for name, field in form.base_fields.items():
            begun = time.process_time()
            with suppress(ValidationError):
                field.clean(value)
            if (taken := time.process_time() - begun) > CPU_SECONDS:
                slow.append((name, unit, round(taken, 1)))

    assert slow == []
