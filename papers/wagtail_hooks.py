"""What papers add to the Wagtail admin, and who may have a paper's files from Wagtail's own views."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from papers.admin import log_actions  # noqa: F401  registers its own
from papers.downloads.document_access import deny_document
from papers.intake.permissions import EditionDocumentPolicy
from papers.models import Edition, Paper
from publishing.models import SiteDocument

register_permission_policy(
    SiteDocument,
    EditionDocumentPolicy(
        "publishing.SiteDocument", auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"
    ),
    exact_class=True,  # so that it wins over the one Wagtail registers
)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("papers.admin.urls"))]


@hooks.register("register_reports_menu_item")
def register_review_report() -> MenuItem:
    url = reverse_lazy("papers_admin:review_report")
    return MenuItem(gettext_lazy("Accessibility of files"), url, icon_name="check", order=810)


@hooks.register("register_reports_menu_item")
def register_downloads() -> MenuItem:
    url = reverse_lazy("papers_admin:downloads")
    return MenuItem(gettext_lazy("Downloads"), url, icon_name="download", order=900)


@hooks.register("register_reports_menu_item")
def register_copy_requests() -> MenuItem:
    url = reverse_lazy("papers_admin:copy_requests")
    return MenuItem(gettext_lazy("Requests for copies"), url, icon_name="mail", order=910)


class FormatRequestsItem(MenuItem):
    """Shown to whoever may edit some page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return (
            request.user.is_superuser or request.user.groups.filter(page_permissions__isnull=False).exists()
        )


@hooks.register("register_admin_menu_item")
def register_format_requests() -> MenuItem:
    url = reverse_lazy("papers_admin:format_requests")
    return FormatRequestsItem(gettext_lazy("Format requests"), url, icon_name="mail", order=260)


@hooks.register("insert_editor_js")
def add_editions_script() -> str:
    return format_html(
        '<script type="module" src="{}" data-files="{}"></script>',
        static("js/editions.js"),
        reverse("papers_admin:file_details", args=[0]).removesuffix("0/"),
    )


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
def check_document_access(document: SiteDocument, request: HttpRequest) -> HttpResponse | None:
    """Runs before Wagtail asks the privacy of the document's collection. Raises Http404."""
    return deny_document(document, request)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_about_lost_exception(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Warn once, after a save that put a new file in the place of an archived one."""
    if isinstance(page, Paper) and page.archive_exception_lost:
        messages.warning(
            request,
            _(
                "The previous edition is archived. Now that a new file replaces it, the legal exception for "
                "archived documents no longer applies: the new file must be accessible."
            ),
        )
    return None


@hooks.register("before_delete_page")
def refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not has_editions([page]):
        return None
    return cannot_delete(request, "wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def refuse_bulk_deletion(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "delete" or not has_editions(pages):
        return None
    return cannot_delete(request, "wagtailadmin_explore", pages[0].get_parent().pk)


def has_editions(pages: list[Page]) -> bool:
    return any(
        Edition.objects.filter(paper__in=Paper.objects.descendant_of(page, inclusive=True)).exists()
        for page in pages
    )


def cannot_delete(request: HttpRequest, url_name: str, pk: int) -> HttpResponse:
    messages.error(
        request,
        _(
            "A white paper with editions can’t be deleted, because people cite them. "
            "Unpublish it instead, or delete its draft editions first."
        ),
    )
    return redirect(url_name, pk)
