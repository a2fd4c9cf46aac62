"""The forms of papers and their editions in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.permissions import policy_registry

from papers.editions.models import Edition
from publishing.models import SiteDocument

EDITION_OF_ANOTHER_PAPER = _(
    "This file already belongs to %(edition)s. Upload it again to use it for this white paper."
)
WITHDRAWN = _(
    "This file belongs to %(edition)s, which was withdrawn. "
    "Publish that edition again, or upload another file."
)
NOT_A_PDF = _(
    "An edition must be a PDF. Choose or upload a file whose name ends in .pdf, such as report.pdf."
)


class PaperForm(WagtailAdminPageForm):
    """The paper's form, with a field for the file of a new edition."""

    edition_file = forms.ModelChoiceField(
        label=_("New edition"),
        queryset=SiteDocument.objects.none(),
        required=False,
        widget=AdminDocumentChooser,
        help_text=_(
            "Choose or upload a PDF. It becomes a draft edition and is published when the white paper is "
            "next published. Until then, choosing another file replaces it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "edition_file" in self.fields:
            self.fields["edition_file"].queryset = documents_for(self.for_user)

    def clean_edition_file(self) -> SiteDocument | None:
        document = self.cleaned_data["edition_file"]
        if document is None:
            return None
        if document.file_extension.lower() != "pdf":
            raise forms.ValidationError(NOT_A_PDF, code="no-pdf")
        for edition in document.editions.select_related("paper"):
            if edition.paper_id != self.instance.pk:
                raise forms.ValidationError(
                    EDITION_OF_ANOTHER_PAPER % {"edition": edition}, code="already-elsewhere"
                )
            if edition.is_withdrawn:
                raise forms.ValidationError(WITHDRAWN % {"edition": edition}, code="was-withdrawn")
        return document

    def save(self, commit: bool = True) -> Any:
        # Paper.save_revision makes an edition of it: a new page has no key before.
        self.instance.pending_file = self.cleaned_data.get("edition_file")
        return super().save(commit=commit)


def documents_for(user: Any) -> Any:
    """Return the documents a user may choose from; all of them without a user."""
    if user is None:
        return SiteDocument.objects.all()
    return policy_registry.get_by_type(SiteDocument).instances_user_has_any_permission_for(user, ["choose"])


class EditionForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ["publication_date", "note", "licence", "embargoed_until", "publish_with_paper"]
        widgets = {"publication_date": AdminDateInput, "embargoed_until": AdminDateTimeInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_draft:
            del self.fields["publish_with_paper"]


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Shown to readers in the list of editions and in place of the file."),
    )
