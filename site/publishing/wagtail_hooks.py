"""Authors and topics in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

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
