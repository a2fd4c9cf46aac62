"""What docs/limits.md promises is what the code does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from allauth.account import app_settings as allauth
from django.conf import settings
from django.contrib.auth.password_validation import get_default_password_validators

from accounts import audit
from accounts.affiliation import reminders, verification
from accounts.models import User, affiliations, deletion
from accounts.profile import avatars
from accounts.signin import failed_logins, mfa, session_lifetime, unverified
from config import moved_pages, request_checks
from discussion.models import editing
from discussion.moderation import actions as moderation
from discussion.moderation import emails as moderation_emails
from discussion.moderation import forms as moderation_forms
from discussion.notifications import dispatch
from discussion.notifications import emails as notification_emails
from discussion.posting import drafts, guest_cookie, guest_links, proof_of_work
from discussion.text import anchors, markdown
from discussion.threads import activity, outline
from discussion.threads import views as thread_views
from home.jobs import JOBS, PRUNE
from mail import models as mail
from pagecache import changes, front, headers
from papers.intake import tasks
from papers.oai import request as oai
from papers.pdf import preflight, reader
from papers.pdf.accessibility import check
from papers.reader import full_text
from papers.reader_requests import copy_models, format_models
from publishing import filtering
from publishing.images import fields, rendering
from search import hits
from tests.support.paths import ROOT

MB = 1024 * 1024
UNITS: dict[str, Any] = {
    "second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1),
    "day": timedelta(days=1), "KB": 1024, "MB": MB, "megapixel": 1_000_000, "character": 1,
    "working day": 1, "": 1,
}  # fmt: skip
VALUE = re.compile(r"([\d,]+) ?([A-Za-z ]*?)s?")


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def password_minimum() -> int:
    return next(rule.min_length for rule in get_default_password_validators() if hasattr(rule, "min_length"))


def shipped() -> dict[str, Any]:
    """Return what the code says, by the words of docs/limits.md; several values as a list."""
    return accounts_and_comments() | decoded_pictures() | papers_and_operation()


def accounts_and_comments() -> dict[str, Any]:
    return {
        "Shortest password": password_minimum(),
        "Link to reset a password": seconds(settings.PASSWORD_RESET_TIMEOUT),
        "Code to verify an e-mail address": seconds(allauth.EMAIL_VERIFICATION_BY_CODE_TIMEOUT),
        "Session, since it was last used": seconds(settings.SESSION_COOKIE_AGE),
        "Session, since the sign-in": session_lifetime.MAX_AGE,
        "Browser that has signed in, known for": failed_logins.MAX_AGE,
        "Two-step verification of staff, before it is asked again": mfa.MAX_AGE,
        "Waiting time before an account is deleted": deletion.GRACE_PERIOD,
        "Account whose e-mail address was never verified": unverified.MAX_AGE,
        "Link to confirm an organization": verification.LINK_MAX_AGE,
        "Verified organization": affiliations.MAX_AGE,
        "Reminders before it ends": [timedelta(days) for days in sorted(reminders.DAYS_BEFORE, reverse=True)],
        "Account events": audit.KEEP_EVENTS,
        "Network addresses in account events": audit.KEEP_IP_ADDRESSES,
        "Largest profile picture": avatars.MAX_BYTES,
        "Longest name": User._meta.get_field("name").max_length,
        "Longest comment": markdown.MAX_LENGTH,
        "Longest quotation from a paper": anchors.MAX_QUOTE_LENGTH,
        "Longest report, appeal or note of a moderator": moderation_forms.MAX_LENGTH,
        "Longest draft kept while someone signs in": drafts.MAX_DRAFT_LENGTH,
        "Draft of a comment in the session": drafts.MAX_AGE,
        "Editing a comment": editing.EDIT_WINDOW,
        "Editing a comment that has no reply": editing.EDIT_WINDOW_UNANSWERED,
        "Link to confirm a guest's comment; the comment without it": guest_links.CONFIRM_MAX_AGE,
        "Guest's links to own comments": guest_links.MAX_AGE,
        "Guest's cookie (“Remember me”)": guest_cookie.MAX_AGE,
        "Comment form, before it has to be sent again": seconds(settings.COMMENTS_TIMEOUT),
        "Appeal after a comment was removed": moderation.APPEAL_MAX_AGE,
        "Moderator's link in an e-mail": moderation_emails.MAX_AGE,
        "Link to e-mail preferences": notification_emails.MAX_AGE,
        "Comments that subscribers get e-mail about": dispatch.MAX_AGE,
        "Levels of replies under a comment": settings.COMMENTS_XTD_MAX_THREAD_LEVEL,
        "Threads on a page": outline.THREADS_PER_PAGE,
        "Comments on a page of the latest comments": thread_views.COMMENTS_PER_PAGE,
        "Replies shown before “more replies”": outline.INITIAL_REPLIES,
        "Proof of work": seconds(proof_of_work.MAX_AGE),
        "Comments that make a discussion active": activity.ACTIVITY,
    }


def decoded_pictures() -> dict[str, Any]:
    return {
        "Pixels of a profile picture": avatars.LIMITS.max_pixels,
        "Examining a profile picture": seconds(avatars.LIMITS.seconds),
        "Memory to examine a profile picture": avatars.LIMITS.megabytes * MB,
        "Largest image": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
        "Pixels of an image": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS,
        "Examining an image": seconds(fields.UPLOAD_LIMITS.seconds),
        "Drawing an image in every size that pages show": seconds(rendering.LIMITS.seconds),
        "Memory to examine or draw an image": rendering.LIMITS.megabytes * MB,
    }


def papers_and_operation() -> dict[str, Any]:
    return {
        "Largest upload": settings.WAGTAILDOCS_MAX_UPLOAD_SIZE,
        "Pages of a PDF": settings.PDF_MAX_PAGES,
        "Pages in one part of the full text": full_text.PAGES_PER_PART,
        "Examining an upload": seconds(preflight.MAX_SECONDS),
        "Reading a PDF": seconds(reader.MAX_SECONDS),
        "Checking the accessibility of a PDF": seconds(check.MAX_SECONDS),
        "File that waits to be read, before it is tried again": tasks.STUCK_AFTER,
        "Link to a granted copy": copy_models.LINK_MAX_AGE,
        "Answered request for a format or a copy": timedelta(days=settings.FORMAT_REQUEST_KEEP_DAYS),
        "Request that is never answered": format_models.MAX_AGE_UNANSWERED,
        "Answer to a request for a format, promised within": settings.FORMAT_REQUEST_WORKING_DAYS,
        "OAI-PMH resumption token": oai.TOKEN_MAX_AGE,
        "E-mail that was sent": mail.SENT_RETENTION,
        "E-mail that failed for good": mail.FAILED_RETENTION,
        "Results of finished tasks": timedelta(days=PRUNE["min_age_days"]),
        "Public pages in shared caches": seconds(headers.SHARED_MAX_AGE),
        "Public pages kept by the site, if nothing changes them before": seconds(front.MAX_AGE),
        "Kept pages in the memory of a process": settings.PAGE_CACHE_BYTES,
        "Kept pages on disk": changes.MAX_STORE_BYTES,
        "Longest page that is kept": front.MAX_BODY,
        "Change of a process that was killed, seen within": seconds(
            next(job.every for job in JOBS if job.name == "pagecache.changes.sweep")
        ),
        "Largest form outside the admin": request_checks.MAX_FORM_BYTES,
        "Longest address": moved_pages.MAX_LENGTH,
        "Entries on a page of a list": filtering.PER_PAGE,
        "Results on a page of a search": hits.PER_PAGE,
    }


def promised() -> dict[str, Any]:
    """Return what docs/limits.md says, with its values read."""
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \|$", (ROOT / "docs" / "limits.md").read_text("utf-8"), re.MULTILINE
    )
    return {label: value_of(words) for label, words in rows if label != "What"}


def value_of(words: str) -> Any:
    """Return "10,000 characters" as a number, "3 days" as a time, "30 days, 7 days" as a list."""
    values = []
    for part in re.split(r", (?=\d+ )", words):
        number, unit = VALUE.fullmatch(part).groups()
        values.append(int(number.replace(",", "")) * UNITS[unit])
    return values if len(values) > 1 else values[0]


def test_the_documented_limits_are_those_of_the_code():
    assert promised() == shipped()


def test_images_are_examined_within_what_they_are_drawn_with():
    assert fields.UPLOAD_LIMITS.megabytes == rendering.LIMITS.megabytes
    assert fields.UPLOAD_LIMITS.max_pixels == rendering.LIMITS.max_pixels


def test_a_constant_and_its_setting_agree():
    assert settings.PDF_MAX_PAGES == preflight.MAX_PAGES


# Lifetimes written out in a sentence of a template, where the constant is.
WRITTEN_OUT = {
    "account/confirm_email_verification_code.html": "Code to verify an e-mail address",
    "account/email/email_confirmation_message.txt": "Code to verify an e-mail address",
    "discussion/link_expired.html": "Link to confirm a guest's comment; the comment without it",
    "discussion/sent.html": "Link to confirm a guest's comment; the comment without it",
}


def lifetimes_in_templates() -> dict[str, set[timedelta]]:
    folder = ROOT / "templates"
    paths = [path for path in folder.rglob("*") if path.suffix in {".html", ".txt"}]
    found = {
        str(path.relative_to(folder)): re.findall(
            r"\b(\d+) (second|minute|hour|day)s?\b", path.read_text("utf-8")
        )
        for path in paths
    }
    return {
        name: {int(number) * UNITS[unit] for number, unit in values}
        for name, values in found.items()
        if values
    }


def test_a_lifetime_written_out_in_a_template_is_that_of_the_code():
    """Write ``{{ days }}`` where you can; where not, enter the template above."""
    assert lifetimes_in_templates() == {name: {shipped()[label]} for name, label in WRITTEN_OUT.items()}
