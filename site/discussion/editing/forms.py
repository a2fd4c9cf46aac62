"""The form in which authors edit, or add to, their own comment."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from discussion.editing.targets import EditableTarget
from discussion.models import Comment
from discussion.posting.forms import DUPLICATE, UNPRINTABLE, text_field
from discussion.text.submission import Submission, fingerprint
from mail.mailboxes import canonical_mailbox
from public_forms.rejection import RejectedError

NOT_EDITABLE = _("This comment can no longer be edited or added to. You can still delete it.")


class EditForm(forms.Form):
    """A new text for ``edited``, or an addendum to it."""

    comment = text_field(_("Comment"))

    def __init__(
        self, edited: Comment, *, is_addendum: bool = False, submission: Submission | None = None
    ) -> None:
        initial = {} if is_addendum else {"comment": edited.comment}
        super().__init__(submission.fields if submission else None, initial=initial, label_suffix="")
        self.edited, self.is_addendum, self.submission = edited, is_addendum, submission
        if is_addendum:
            self.fields["comment"].label = _("Addendum")

    @classmethod
    def from_request(cls, request: HttpRequest, target: EditableTarget) -> EditForm:
        """Return the form, as it was sent where it was, for a new text or for an addendum.

        Rejects with 409 where it is too late for both.
        """
        if not (target.can_edit or target.can_add_addendum):
            raise RejectedError(HTTPStatus.CONFLICT, NOT_EDITABLE)
        submission = Submission.from_post(request.POST) if request.method == "POST" else None
        return cls(target.comment, is_addendum=target.can_add_addendum, submission=submission)

    @property
    def wants_preview(self) -> bool:
        return self.submission is not None and self.submission.wants_preview

    def clean(self) -> dict[str, Any]:
        if self.submission is not None and self.submission.had_unprintable:
            raise forms.ValidationError(UNPRINTABLE)
        same = Comment.objects.filter(page=self.edited.page_id, fingerprint=self.fingerprint)
        if not self.is_addendum and self.fingerprint and same.exclude(pk=self.edited.pk).exists():
            raise forms.ValidationError(DUPLICATE)
        return self.cleaned_data

    @property
    def fingerprint(self) -> str:
        """Return that of the new text; a comment without a fingerprint stays without."""
        edited = self.edited
        mailbox = canonical_mailbox(edited.user_email)
        author = f"member {edited.user_id}" if edited.user_id is not None else mailbox
        return fingerprint(author, self.cleaned_data.get("comment", "")) if edited.fingerprint else ""
