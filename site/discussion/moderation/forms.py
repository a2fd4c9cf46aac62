"""Forms about a comment that may break a rule, of readers and of moderators."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from discussion.models import Ban, DiscussionSettings
from discussion.models.settings import non_blank_lines
from public_forms.printable_text import printable

MAX_LENGTH = 2_000  # characters
NO_RULE = 0


class PrintableField(forms.CharField):
    """Text without characters that no page can show."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(printable(str(value)) if value is not None else value)


def text_field(label: Any, *, required: bool = False, help_text: Any = "") -> PrintableField:
    return PrintableField(
        label=label, required=required, max_length=MAX_LENGTH, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class ReportForm(forms.Form):
    """A reader's report of a comment under ``page``."""

    rule = forms.TypedChoiceField(
        label=_("Which rule does it break?"), coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a rule, or “Something else.”"),
                        "invalid_choice": _("Choose a rule, or “Something else.”")},
    )  # fmt: skip
    words = text_field(_("Details"), help_text=_("Only moderators see this."))

    def __init__(self, page: Page, **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        rules = DiscussionSettings.for_page(page).numbered_rules
        cast(forms.ChoiceField, self.fields["rule"]).choices = [*rules, (NO_RULE, _("Something else"))]


class AppealForm(forms.Form):
    words = text_field(
        _("Why should your comment be restored?"), required=True,
        help_text=_("Moderators see this together with your comment."),
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)


class AppealDecisionForm(forms.Form):
    """A message to the commenter, ``text`` in the cleaned data: a saved reply, one's own words, or both."""

    ready = forms.ChoiceField(label=_("Saved reply"), required=False)
    words = text_field(
        _("Message to the commenter"), help_text=_("Included in our e-mail. Readers don’t see it.")
    )

    def __init__(self, *args: Any, rules: DiscussionSettings | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules or default_settings()
        replies = non_blank_lines(self.rules.canned_replies)
        if replies:
            choices = [("", _("None")), *((reply, reply) for reply in replies)]
            cast(forms.ChoiceField, self.fields["ready"]).choices = choices
        else:
            del self.fields["ready"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        parts = [data.pop("ready", ""), data.pop("words", "")]
        return data | {"text": "\n\n".join(part for part in parts if part)}


class RemovalForm(AppealDecisionForm):
    """The rule that a comment breaks, and a message to the commenter."""

    rule = forms.TypedChoiceField(
        label=_("House rule"), coerce=int,
        help_text=_("Readers see its number in place of the comment. We e-mail the commenter."),
    )  # fmt: skip

    field_order = ["rule", "ready", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a rule")), *self.rules.numbered_rules]
        cast(forms.ChoiceField, self.fields["rule"]).choices = choices


def default_settings() -> DiscussionSettings:
    """Return the settings of the default site."""
    return (
        DiscussionSettings.objects.filter(site__is_default_site=True).first()
        or DiscussionSettings.objects.first()
        or DiscussionSettings()
    )


class NoteForm(forms.Form):
    words = text_field(_("Note to other moderators"), required=True)


class BanForm(forms.Form):
    kind = forms.ChoiceField(label=_("Ban"), choices=Ban.Kind.choices)
    days = forms.TypedChoiceField(
        label=_("For how long"), coerce=int,
        choices=[(7, _("7 days")), (30, _("30 days")), (0, _("Until lifted"))],
    )  # fmt: skip
