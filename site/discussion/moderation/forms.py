"""What readers and moderators are asked about a comment that may break a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from discussion.models import Ban, DiscussionSettings
from discussion.models.settings import non_blank_lines
from discussion.text.submission import printable

LONGEST = 2_000  # characters
NO_RULE = 0


class PrintableField(forms.CharField):
    """Words that can be kept and shown: what no page can carry is taken out."""

    def to_python(self, value: Any) -> str:
        return super().to_python(printable(str(value)) if value is not None else value)


def words(label: Any, *, required: bool = False, help_text: Any = "") -> PrintableField:
    return PrintableField(
        label=label, required=required, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class ReportForm(forms.Form):
    """What a reader finds wrong with a comment under ``page``."""

    rule = forms.TypedChoiceField(
        label=_("Which rule does it break?"), coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it."),
                        "invalid_choice": _("Choose what is wrong with it.")},
    )  # fmt: skip
    words = words(_("In your words"), help_text=_("Only moderators read this."))

    def __init__(self, page: Page, **options: Any) -> None:
        super().__init__(label_suffix="", **options)
        rules = DiscussionSettings.for_page(page).numbered_rules
        self.fields["rule"].choices = [*rules, (NO_RULE, _("Something else"))]


class AppealForm(forms.Form):
    words = words(
        _("Why should it come back?"), required=True,
        help_text=_("A moderator reads this together with your comment."),
    )  # fmt: skip

    def __init__(self, **options: Any) -> None:
        super().__init__(label_suffix="", **options)


class AnswerForm(forms.Form):
    """Words to a writer: ready-made, one's own, or both."""

    ready = forms.ChoiceField(label=_("Ready-made words"), required=False)
    words = words(_("Words to the writer"), help_text=_("Added to the letter. Readers never see them."))

    def __init__(self, *args: Any, rules: DiscussionSettings | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rules = rules or default_rules()
        ready = non_blank_lines(self.rules.canned_replies)
        if ready:
            self.fields["ready"].choices = [("", _("None")), *((one, one) for one in ready)]
        else:
            del self.fields["ready"]

    def clean(self) -> dict[str, Any]:
        known = self.cleaned_data
        ready = known.pop("ready", "")
        return known | {"words": "\n\n".join(part for part in (ready, known.get("words", "")) if part)}


class RuleForm(AnswerForm):
    """Which rule a comment breaks, and what its writer is told besides."""

    rule = forms.TypedChoiceField(
        label=_("House rule"), coerce=int,
        help_text=_("Readers see its number where the comment stood; its writer is told by letter."),
    )  # fmt: skip

    field_order = ["rule", "ready", "words"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rule"].choices = [("", _("Choose a rule")), *self.rules.numbered_rules]


def default_rules() -> DiscussionSettings:
    """Return the rules of the site that answers to any name."""
    return (
        DiscussionSettings.objects.filter(site__is_default_site=True).first()
        or DiscussionSettings.objects.first()
        or DiscussionSettings()
    )


class NoteForm(forms.Form):
    words = words(_("Note for other moderators"), required=True)


class BanForm(forms.Form):
    """Whether a writer may still comment, and for how long not."""

    kind = forms.ChoiceField(label=_("This writer"), choices=Ban.Kind.choices)
    days = forms.TypedChoiceField(
        label=_("For how long"), coerce=int,
        choices=[(7, _("7 days")), (30, _("30 days")), (0, _("until it is lifted"))],
    )  # fmt: skip
