"""The app that lets content come out of the database in Greek letters; see ``pseudo_locale``."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import models

from tests.support.pseudo_locale import CONTENT, greek, greek_json

# Apps with content. Not mail, whose texts tests read.
APPS = {
    "accounts", "blog", "discussion", "home", "papers", "publishing", "search",
    "auth", "django_comments", "django_comments_xtd", "wagtailcore", "wagtaildocs", "wagtailimages", "taggit",
}  # fmt: skip


def is_content(field: models.Field[Any, Any]) -> bool:
    is_ours = getattr(field, "model", None) is not None and field.model._meta.app_label in APPS
    return is_ours and field.name in CONTENT and not field.choices


def text_from_db(field: Any, value: Any, *_args: Any) -> Any:
    return greek(value) if isinstance(value, str) and is_content(field) else value


class PseudoLocaleConfig(AppConfig):
    name = "tests.support"
    label = "pseudo_locale"

    def ready(self) -> None:
        from wagtail.fields import StreamField

        from discussion.models import DiscussionSettings

        plain = models.JSONField.from_db_value

        def json_from_db(field: Any, *args: Any) -> Any:
            value = plain(field, *args)
            return greek_json(value, is_content=True) if is_content(field) else value

        def stream_from_db(field: Any, *args: Any) -> Any:
            return field.to_python(greek_json(field.json_field.from_db_value(*args), is_content=True))

        models.CharField.from_db_value = models.TextField.from_db_value = text_from_db  # type: ignore[attr-defined]
        models.JSONField.from_db_value = json_from_db  # type: ignore[method-assign]
        StreamField.from_db_value = stream_from_db
        for name in ("house_rules", "canned_replies"):  # a site without a row of its own has these
            field = DiscussionSettings._meta.get_field(name)
            field.__dict__.pop("_get_default", None)
            field.default = greek(field.default)
