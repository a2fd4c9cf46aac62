"""Papers on the editors' desk, and their files at Wagtail's own doors."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from papers.admin import log_actions  # noqa: F401  registers its own
from papers.downloads.responses import read_instead
from papers.intake.permissions import KeepsEditions
from papers.models import Edition, Paper
from publishing.models import SiteDocument

register_permission_policy(
    SiteDocument,
    KeepsEditions(
        "publishing.SiteDocument", auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"
    ),
    exact_class=True,  # so that it wins over the one Wagtail registers
)

ACTS = {
    "create": (gettext_lazy("Add edition"), gettext_lazy("Added edition %(edition)s")),
    "replace": (
        gettext_lazy("Change draft edition"),
        gettext_lazy("Gave draft edition %(edition)s another file"),
    ),
    "publish": (gettext_lazy("Publish edition"), gettext_lazy("Published edition %(edition)s")),
    "withdraw": (gettext_lazy("Withdraw edition"), gettext_lazy("Withdrew edition %(edition)s")),
    "edit": (gettext_lazy("Edit edition"), gettext_lazy("Edited edition %(edition)s")),
    "delete": (gettext_lazy("Delete draft edition"), gettext_lazy("Deleted draft edition %(edition)s")),
}


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern | URLResolver]:
    return [path("", include("papers.admin.urls"))]


@hooks.register("register_reports_menu_item")
def register_downloads() -> MenuItem:
    address = reverse_lazy("papers_editions:downloads")
    return MenuItem(gettext_lazy("Downloads"), address, icon_name="download", order=900)


@hooks.register("register_reports_menu_item")
def register_copies() -> MenuItem:
    address = reverse_lazy("papers_editions:copy_requests")
    return MenuItem(gettext_lazy("Requests for copies"), address, icon_name="mail", order=910)


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    for act, (label, message) in ACTS.items():
        words = {
            "label": label,
            "format_message": staticmethod(lambda entry, said=message: str(said) % entry.data),
        }
        actions.register_action(f"papers.edition.{act}")(type("EditionAct", (LogFormatter,), words))


class EditionURLFinder(ModelAdminURLFinder):
    """An edition is edited with its paper, by whoever may edit that."""

    def construct_edit_url(self, instance: Edition) -> str:
        return reverse("wagtailadmin_pages:edit", args=[instance.paper_id])

    def get_edit_url(self, instance: Edition) -> str | None:
        if self.user and not instance.paper.permissions_for_user(self.user).can_edit():
            return None
        return self.construct_edit_url(instance)


register_admin_url_finder(Edition, EditionURLFinder)


@hooks.register("before_serve_document", order=-1)
def ask_the_edition(document: SiteDocument, request: HttpRequest) -> HttpResponse | None:
    """Let an edition's file, or data, out only where the paper lets it: before the collection is asked."""
    editions = list(document.editions.select_related("paper").with_files())
    uses = [*editions, *document.data_of.select_related("paper")]
    readable = [one for one in uses if one.may_be_read_by(request)]
    to_be_read = [one for one in readable if one in editions and not one.has_download]
    if not uses or len(readable) > len(to_be_read):
        return None
    if any(one.paper.permissions_for_user(request.user).can_edit() for one in uses):
        return None
    if to_be_read:
        return read_instead(request, to_be_read[0])
    raise Http404


@hooks.register("before_delete_page")
def keep_papers_with_editions(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not has_editions([page]):
        return None
    return refusal(request, "wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_papers_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "delete" or not has_editions(pages):
        return None
    return refusal(request, "wagtailadmin_explore", pages[0].get_parent().pk)


def has_editions(pages: list[Page]) -> bool:
    return any(
        Edition.objects.filter(paper__in=Paper.objects.descendant_of(page, inclusive=True)).exists()
        for page in pages
    )


def refusal(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    messages.error(
        request,
        _(
            "A paper with editions can't be deleted: people cite them. "
            "Unpublish it instead, or delete its draft editions first."
        ),
    )
    return redirect(name, pk)
