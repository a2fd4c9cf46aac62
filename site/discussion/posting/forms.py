"""The comment form: what it asks, of whom, and what it refuses."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django_comments.forms import CommentSecurityForm
from wagtail.models import Page

from accounts.affiliation.badges import standing_of
from accounts.models import User
from accounts.signin.names import tidy
from discussion.models import Comment, State
from discussion.text.anchors import ANCHOR_FIELDS, MAX_QUOTE_LENGTH, Anchor, anchor_from
from discussion.text.anchors import MAX_PAGE as LAST_PAGE
from discussion.text.markdown import MAX_LENGTH
from discussion.text.submission import Submission, fingerprint
from discussion.threads.locations import MAX_ID

HOUR = 60 * 60
EXPIRED = _(
    "This form was open for too long. It is fresh again now; look your comment over and post it once more."
)
NO_SUCH = _("There is no such comment to answer here.")
NO_PASSAGE = _("There is no such passage here. Your comment can be posted without it.")
MACHINES = _("A field that only machines see was filled in. It is empty again now; post once more.")
NAMELESS = _("Give the name you want to be known by.")
TWICE = _(
    "You have said this here already. "
    "If you do not see it, it waits for a moderator, or for you to follow the link in our letter."
)
BROKEN = _(
    "Your text held characters that cannot be shown. They are taken out now; look it over and post it again."
)


def words_field(label: Promise) -> forms.CharField:
    """Return the field in which a comment is written."""
    return forms.CharField(
        label=label,
        max_length=MAX_LENGTH,
        help_text=_(
            "Blank lines make paragraphs. *Stars* emphasize, > quotes, - lists; web addresses become links."
        ),
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def seal(page: Page) -> dict[str, str]:
    """Return the hidden fields that bind a form to its page, the same for everyone within an hour."""
    return CommentForm(page).generate_security_data()


class CommentForm(CommentSecurityForm):
    """A comment under ``page``: by ``writer``, or by a guest who says who they are."""

    comment = words_field(_("Comment"))
    name = forms.CharField(
        label=_("Name"), max_length=50, help_text=_("Shown beside your comment."),
        error_messages={"required": NAMELESS},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), max_length=254,
        help_text=_("Never shown. We send a letter there, to know that it is yours."),
        error_messages={"required": _("Give your e-mail address, or sign in.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    url = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )  # fmt: skip
    reply_to = forms.IntegerField(
        required=False, min_value=1, max_value=MAX_ID, widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_SUCH),
    )  # fmt: skip
    followup = forms.BooleanField(label=_("Tell me by e-mail when somebody answers me."), required=False)
    anchor_edition, anchor_page = (
        forms.IntegerField(
            required=False, min_value=1, max_value=LAST_PAGE, widget=forms.HiddenInput,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_PASSAGE),
        ) for _number in range(2)
    )  # fmt: skip
    anchor_quote = forms.CharField(required=False, max_length=MAX_QUOTE_LENGTH, widget=forms.HiddenInput)
    remember = forms.BooleanField(label=_("Remember me on this device."), required=False)
    speaking_for = forms.ChoiceField(
        label=_("Speaking for"), choices=Comment.SpeaksFor.choices, required=False, widget=forms.RadioSelect,
        initial=Comment.SpeaksFor.SELF,
    )  # fmt: skip
    honeypot = forms.CharField(
        label=_("Leave this empty"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip
    security_hash = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, page: Page, *, said: Submission | None = None, writer: User | None = None, **options: Any
    ) -> None:
        super().__init__(page, data=said.fields if said else None, **options)
        self.page, self.said, self.writer = page, said, writer
        self.label_suffix = ""
        for name in ("security_hash", "timestamp"):
            self.fields[name].error_messages = dict.fromkeys(
                ("required", "invalid", "min_length", "max_length"), EXPIRED
            )
        if writer is not None:
            for name in ("name", "email", "url", "remember"):
                del self.fields[name]
        # Nobody speaks for an organization that nobody has confirmed to be theirs.
        if writer is None or not standing_of([writer])[writer.pk].verified:
            del self.fields["speaking_for"]

    def generate_security_data(self) -> dict[str, str]:
        # By the hour, so that every reader of a kept page is given the same bytes.
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
            raise forms.ValidationError(EXPIRED) from None

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not any(one.isalnum() for one in name):
            raise forms.ValidationError(NAMELESS)
        if "@" in name:
            raise forms.ValidationError(_("E-mail addresses are never shown here. Give a name instead."))
        return name

    def clean_honeypot(self) -> str:
        if self.cleaned_data["honeypot"]:
            # Somebody's browser may have filled it in, and they could never empty it themselves.
            self.data = {**self.data, "honeypot": ""}
            self.add_error(None, MACHINES)
        return ""

    def clean_reply_to(self) -> Comment | None:
        pk = self.cleaned_data["reply_to"]
        if pk is None:
            return None
        answered = Comment.objects.with_authors().filter(pk=pk, page_id=self.page.pk).first()
        if answered is None:
            raise forms.ValidationError(NO_SUCH)
        if not answered.is_shown:
            raise forms.ValidationError(
                _("The comment you answer has been taken away since. You can post yours on its own.")
            )
        if Comment.objects.filter(pk=answered.thread_id, locked=True).exists():
            raise forms.ValidationError(_("This thread takes no more replies. You can begin a new one."))
        return answered

    def clean(self) -> dict[str, Any]:
        if self.said is not None and self.said.had_unprintable:
            raise forms.ValidationError(BROKEN)
        if (
            self.fingerprint
            and Comment.objects.filter(page_id=self.page.pk, fingerprint=self.fingerprint).exists()
        ):
            raise forms.ValidationError(TWICE)
        if self.anchor is not None and self.page.resolve_anchor(self.anchor) is None:
            raise forms.ValidationError(NO_PASSAGE)
        return self.cleaned_data

    @property
    def anchor(self) -> Anchor | None:
        """Return the passage the comment is about, if it is about one."""
        return anchor_from({name: self[name].value() for name in ANCHOR_FIELDS})

    @cached_property
    def fingerprint(self) -> str:
        """Return what tells one writer's words from all others; empty while either is missing."""
        address = self.cleaned_data.get("email", "").lower()
        who = f"member {self.writer.pk}" if self.writer else address
        return fingerprint(who, self.cleaned_data.get("comment", ""))

    @property
    def ready_comment(self) -> Comment:
        """Return the comment, not yet saved: a member's to be read at once, a guest's to be confirmed."""
        known = self.cleaned_data
        anchor = self.page.resolve_anchor(self.anchor) if self.anchor else None
        return Comment(
            page=self.page,
            user=self.writer,
            user_name=known.get("name", ""),
            user_email=known.get("email", ""),
            user_url=known.get("url", ""),
            comment=known["comment"],
            reply_to=known["reply_to"],
            followup=known["followup"],
            speaking_for=known.get("speaking_for", ""),
            fingerprint=self.fingerprint,
            state=State.PUBLISHED if self.writer else State.UNCONFIRMED,
            **(anchor.fields if anchor else {}),
        )
