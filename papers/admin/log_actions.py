"""The gate and the requests of readers, where editors find them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from papers.models import Outcome, Paper

OUTCOMES = dict(Outcome.Kind.choices)


class DecisionFormatter(LogFormatter):
    label = gettext_lazy("Decide at the gate")

    def format_message(self, entry: object) -> str:
        words = {
            "edition": entry.data["edition"],
            "outcome": OUTCOMES.get(entry.data["outcome"], _("no outcome")),
        }
        return _("Went through the checklist for edition %(edition)s: %(outcome)s") % words


class AnswerFormatter(LogFormatter):
    label = gettext_lazy("Answer a request")

    def format_message(self, entry: object) -> str:
        return _("Answered request %(reference)s about edition %(edition)s") % entry.data


class ExceptionFormatter(LogFormatter):
    label = gettext_lazy("Replace an archived file")

    def format_message(self, entry: object) -> str:
        return _("Edition %(edition)s follows an archived one; the legal exception is lost") % entry.data


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    actions.register_action("papers.gate.decide")(DecisionFormatter)
    actions.register_action("papers.gate.replace")(ExceptionFormatter)
    actions.register_action("papers.request.answer")(AnswerFormatter)


@hooks.register("register_reports_menu_item")
def gate_report() -> MenuItem:
    return MenuItem(
        gettext_lazy("Files at the gate"),
        reverse("papers_editions:gate_report"),
        icon_name="check",
        order=810,
    )


class RequestsItem(MenuItem):
    """Shown to whoever edits papers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return (
            request.user.is_superuser or request.user.groups.filter(page_permissions__isnull=False).exists()
        )


@hooks.register("register_admin_menu_item")
def requests() -> MenuItem:
    return RequestsItem(
        gettext_lazy("Format requests"),
        reverse("papers_editions:format_requests"),
        icon_name="mail",
        order=260,
    )


@hooks.register("insert_editor_js")
def editions_in_the_form() -> str:
    return format_html(
        '<script type="module" src="{}" data-files="{}"></script>',
        static("js/editions.js"),
        reverse("papers_editions:file_says", args=[0]).removesuffix("0/"),
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_the_lost_exception(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say what it means that a file now follows an archived one, once, to whoever brought it."""
    if isinstance(page, Paper) and getattr(page, "broke_the_archive", False):
        messages.warning(
            request,
            _(
                "The edition before this file is archived. With a new file in its place the legal exception "
                "for archived documents is lost: the new file has to be accessible."
            ),
        )
