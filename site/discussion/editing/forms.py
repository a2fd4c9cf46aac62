"""The form in which a writer changes, or adds to, what they said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from discussion.models import Comment
from discussion.posting.forms import BROKEN, TWICE, words_field
from discussion.text.submission import Submission, fingerprint


class RewriteForm(forms.Form):
    """Other words for ``comment``, or an addendum to it."""

    comment = words_field(_("Comment"))

    def __init__(self, comment: Comment, *, said: Submission | None = None, adds: bool = False) -> None:
        initial = {} if adds else {"comment": comment.comment}
        super().__init__(said.fields if said else None, initial=initial, label_suffix="")
        self.about, self.said, self.adds = comment, said, adds
        if adds:
            self.fields["comment"].label = _("Addendum")

    def clean(self) -> dict[str, Any]:
        if self.said is not None and self.said.had_unprintable:
            raise forms.ValidationError(BROKEN)
        same = Comment.objects.filter(page=self.about.page_id, fingerprint=self.fingerprint)
        if not self.adds and self.fingerprint and same.exclude(pk=self.about.pk).exists():
            raise forms.ValidationError(TWICE)
        return self.cleaned_data

    @property
    def fingerprint(self) -> str:
        """Return that of the new words; a comment that bears none keeps bearing none."""
        about = self.about
        who = f"member {about.user_id}" if about.user_id is not None else about.user_email.lower()
        return fingerprint(who, self.cleaned_data.get("comment", "")) if about.fingerprint else ""
