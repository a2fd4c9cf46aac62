"""Authors and topics in the Wagtail admin, and which pages can be chosen there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from publishing.admin_api import PermittedDocumentsViewSet, PermittedImagesViewSet
from publishing.models import Author, Topic


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    list_display = ["name", "role", "organisation"]


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]


class Vocabulary(SnippetViewSetGroup):
    menu_label = _("Authors and topics")
    menu_icon = "group"
    menu_order = 300
    items = (AuthorViewSet, TopicViewSet)


register_snippet(Vocabulary)


@hooks.register("construct_page_chooser_queryset")
def hide_drafts_of_others(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Offer published pages, and of the others those that the user may edit."""
    editable = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    return pages.filter(Q(live=True) | Q(pk__in=editable.values("pk")))


@hooks.register("construct_admin_api", order=1000)
def register_permitted_files(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", PermittedDocumentsViewSet)
    router.register_endpoint("images", PermittedImagesViewSet)


@hooks.register("before_move_page")
def check_permission_to_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Refuse before the question: Wagtail refuses only the answer, and names the draft in the question."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied
