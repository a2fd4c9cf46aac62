"""The comment form: its fields, for whom, and what makes it invalid."""

from __future__ import annotations

import time
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_comments.forms import CommentSecurityForm
from wagtail.models import Page, get_page_models

from accounts.affiliation.badges import AuthorBadge, badges_for
from accounts.models import User
from accounts.signin.names import tidy
from discussion.models import Comment, State
from discussion.posting.screening import NO_DISCUSSION, check_open
from discussion.text import markdown
from discussion.text.anchors import ANCHOR_FIELDS, MAX_PAGE, MAX_QUOTE_LENGTH, Anchor, anchor_from
from discussion.text.markdown import MAX_LENGTH
from discussion.text.submission import Submission, fingerprint
from discussion.threads.commentable import Commentable
from discussion.threads.locations import may_read
from mail.mailboxes import canonical_mailbox, validate_visible
from public_forms.numbers import MAX_ID, parse_number
from public_forms.rejection import RejectedError
from public_forms.responses import current_member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

HOUR = 60 * 60
FORM_EXPIRED = _(
    "This form was open for too long and has expired. Please check your comment and post it again."
)
UNKNOWN_PARENT = _(
    "The comment you are replying to is not on this page. You can post yours as a new comment."
)
UNKNOWN_PASSAGE = _(
    "We could not find the passage you are commenting on. You can post your comment without it."
)
HONEYPOT = _(
    "A hidden field that should stay empty was filled in. We have cleared it. Please post your comment again."
)
NAME_REQUIRED = _("Enter your name, for example Ada Plover.")
DUPLICATE = _(
    "You have already posted this comment. "
    "If you don’t see it, it is waiting for a moderator, or for you to confirm it by e-mail."
)
UNPRINTABLE = _(
    "Your text had characters that can’t be displayed. We have removed them. "
    "Please check it and post it again."
)


def validate_not_empty(text: str) -> None:
    """Raises ValidationError for a text that shows nothing once it is rendered.

    Django calls every validator, also for a text of which another says that it is too long to be rendered.
    """
    if len(text) <= MAX_LENGTH and markdown.is_empty(markdown.render(text)):
        raise forms.ValidationError(_("Enter a comment."), code="required")


def text_field(label: str | _StrPromise) -> forms.CharField:
    """Return the field in which a comment is written."""
    return forms.CharField(
        label=label,
        max_length=MAX_LENGTH,
        help_text=_(
            "Leave a blank line between paragraphs. Use *asterisks* for emphasis, > for quotes "
            "and - for lists. Web addresses become links."
        ),
        error_messages={"required": _("Enter a comment.")},
        validators=[validate_not_empty],
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def page_from_submission(request: HttpRequest, submission: Submission) -> Page:
    """Return the page a form was sent for; rejects one on which this reader cannot comment."""
    model = commentable_models().get(submission.fields["content_type"])
    number = parse_number(submission.fields["object_pk"])
    page = model.objects.live().filter(pk=number).first() if model and 0 < number <= MAX_ID else None
    if page is None or not may_read(request, page):
        raise RejectedError(HTTPStatus.NOT_FOUND, NO_DISCUSSION)
    return page


@cache
def commentable_models() -> dict[str, type[Page]]:
    """Return the kinds of page that have a discussion, by the name that the form gives them."""
    return {str(model._meta): model for model in get_page_models() if issubclass(model, Commentable)}


def was_signed_out(request: HttpRequest) -> bool:
    """Say whether a member, whom the form asks for no name, was signed out after it was shown."""
    is_members = "csrfmiddlewaretoken" in request.POST and "name" not in request.POST
    return is_members and current_member(request) is None


class CommentForm(CommentSecurityForm):
    """A comment under ``page``: by ``author``, or by a guest who says who they are."""

    comment = text_field(_("Comment"))
    name = forms.CharField(
        label=_("Name"), max_length=50, help_text=_("Shown next to your comment."),
        error_messages={"required": NAME_REQUIRED},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, validators=[validate_visible],
        help_text=_("Not published. We’ll e-mail you a link to confirm your comment."),
        error_messages={"required": _("Enter your e-mail address (like name@example.org), or sign in.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    url = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )  # fmt: skip
    reply_to = forms.IntegerField(
        required=False, min_value=1, max_value=MAX_ID, widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), UNKNOWN_PARENT),
    )  # fmt: skip
    followup = forms.BooleanField(label=_("E-mail me about replies"), required=False)
    anchor_edition, anchor_page = (
        forms.IntegerField(
            required=False, min_value=1, max_value=MAX_PAGE, widget=forms.HiddenInput,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), UNKNOWN_PASSAGE),
        ) for _number in range(2)
    )  # fmt: skip
    anchor_quote = forms.CharField(required=False, max_length=MAX_QUOTE_LENGTH, widget=forms.HiddenInput)
    remember = forms.BooleanField(label=_("Remember me on this device"), required=False)
    speaking_for = forms.ChoiceField(
        label=_("Speaking for"), choices=Comment.SpeaksFor.choices, required=False, widget=forms.RadioSelect,
        initial=Comment.SpeaksFor.SELF,
    )  # fmt: skip
    honeypot = forms.CharField(
        label=_("Leave this empty"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip
    data: Any
    security_hash = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        page: Page,
        *,
        submission: Submission | None = None,
        author: User | None = None,
        badge: AuthorBadge | None = None,
        **options: Any,
    ) -> None:
        """``badge`` is the author's, where it is known already."""
        super().__init__(page, data=submission.fields if submission else None, **options)
        self.page, self.submission, self.author = page, submission, author
        self.label_suffix = ""
        for name in ("security_hash", "timestamp"):
            self.fields[name].error_messages = dict.fromkeys(
                ("required", "invalid", "min_length", "max_length"), FORM_EXPIRED
            )
        if author is not None:
            for name in ("name", "email", "url", "remember"):
                del self.fields[name]
        if not self._may_speak_for_organization(badge):
            del self.fields["speaking_for"]

    @classmethod
    def from_request(cls, request: HttpRequest) -> CommentForm:
        """Return the form as it was sent; rejects one for a page on which this reader cannot comment."""
        submission = Submission.from_post(request.POST)
        page = page_from_submission(request, submission)
        check_open(page)
        return cls(page, submission=submission, author=current_member(request))

    def _may_speak_for_organization(self, badge: AuthorBadge | None) -> bool:
        """Only for a verified one; whoever was not asked need not be looked up."""
        if self.author is None or (self.submission and not self.submission.fields["speaking_for"]):
            return False
        return (badge or badges_for([self.author])[self.author.pk]).verified

    @property
    def wants_preview(self) -> bool:
        return self.submission is not None and self.submission.wants_preview

    def generate_security_data(self) -> dict[str, str]:
        # By the hour, so that every reader of a cached page gets the same bytes.
        bound = {
            "content_type": str(self.target_object._meta),
            "object_pk": str(self.target_object.pk),
            "timestamp": str(int(time.time()) // HOUR * HOUR),
        }
        return {**bound, "security_hash": self.generate_security_hash(**bound)}

    def generate_security_hash(self, content_type: str, object_pk: str, timestamp: str) -> str:
        return salted_hmac(
            "discussion.form", f"{content_type}-{object_pk}-{timestamp}", algorithm="sha256"
        ).hexdigest()

    def clean_security_hash(self) -> str:
        return self._or_expired(super().clean_security_hash)

    def clean_timestamp(self) -> int:
        return self._or_expired(super().clean_timestamp)

    def _or_expired(self, check: Any) -> Any:
        try:
            return check()
        except forms.ValidationError:
            raise forms.ValidationError(FORM_EXPIRED) from None

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not any(one.isalnum() for one in name):
            raise forms.ValidationError(NAME_REQUIRED)
        if "@" in name:
            raise forms.ValidationError(
                _("Enter a name, not an e-mail address. Your name is shown next to your comment.")
            )
        return name

    def clean_honeypot(self) -> str:
        if self.cleaned_data["honeypot"]:
            # Somebody's browser may have filled it in, and they could never empty it themselves.
            self.data = {**self.data, "honeypot": ""}
            self.add_error(None, HONEYPOT)
        return ""

    def clean_reply_to(self) -> Comment | None:
        pk = self.cleaned_data["reply_to"]
        if pk is None:
            return None
        parent = Comment.objects.with_authors().filter(pk=pk, page_id=self.page.pk).first()
        if parent is None:
            raise forms.ValidationError(UNKNOWN_PARENT)
        if not parent.is_shown:
            raise forms.ValidationError(
                _("The comment you are replying to has been removed. You can post yours as a new comment.")
            )
        if Comment.objects.filter(pk=parent.thread_id, locked=True).exists():
            raise forms.ValidationError(_("This thread is closed to replies. You can start a new one."))
        return parent

    def clean(self) -> dict[str, Any]:
        if self.submission is not None and self.submission.had_unprintable:
            raise forms.ValidationError(UNPRINTABLE)
        if self.author is None and self._is_duplicate():
            raise forms.ValidationError(DUPLICATE)
        if self.anchor is not None and self.page.resolve_anchor(self.anchor) is None:
            raise forms.ValidationError(UNKNOWN_PASSAGE)
        return self.cleaned_data

    def _is_duplicate(self) -> bool:
        """Asked before a guest's proof of work is used up; a member's shows when it is saved."""
        same = Comment.objects.filter(page_id=self.page.pk, fingerprint=self.fingerprint)
        return bool(self.fingerprint) and same.exists()

    @property
    def anchor(self) -> Anchor | None:
        """Return the passage the comment is about, if it is about one."""
        return anchor_from({name: self[name].value() for name in ANCHOR_FIELDS})

    @cached_property
    def fingerprint(self) -> str:
        """Return what tells one author's text from all others; empty while either is missing."""
        mailbox = canonical_mailbox(self.cleaned_data.get("email", ""))
        author = f"member {self.author.pk}" if self.author else mailbox
        return fingerprint(author, self.cleaned_data.get("comment", ""))

    def build_comment(self) -> Comment:
        """Return the comment, not yet saved: a member's to be read at once, a guest's to be confirmed."""
        known = self.cleaned_data
        anchor = self.page.resolve_anchor(self.anchor) if self.anchor else None
        return Comment(
            page=self.page,
            user=self.author,
            user_name=known.get("name", ""),
            user_email=known.get("email", ""),
            user_url=known.get("url", ""),
            comment=known["comment"],
            reply_to=known["reply_to"],
            followup=known["followup"],
            speaking_for=known.get("speaking_for", ""),
            fingerprint=self.fingerprint,
            state=State.PUBLISHED if self.author else State.UNCONFIRMED,
            **(anchor.fields if anchor else {}),
        )
