"""What editors type is cleaned wherever it is saved: pages, snippets, settings, files.

A control character pasted from another program takes a feed down, and is
refused by some databases; nobody sees it in the form.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Model, TextField
from django.db.models.signals import pre_save
from wagtail.fields import StreamField

from public_forms.printable_text import printable, printable_data

ROOMS = {"accounts", "blog", "discussion", "home", "mail", "papers", "publishing", "taggit", "wagtailcore"}


def on_pre_save(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if sender._meta.app_label in ROOMS and not kwargs.get("raw"):
        clean_texts(instance)


def clean_texts(instance: Model) -> None:
    """Make every text field of ``instance`` printable, and every text within its blocks."""
    for field in instance._meta.concrete_fields:
        if field.attname not in vars(instance):  # deferred
            continue
        value = getattr(instance, field.attname)
        cleaned = cleaned_value(field, value)
        if cleaned is not value:
            setattr(instance, field.attname, cleaned)


def cleaned_value(field: Any, value: Any) -> Any:
    """Return ``value`` itself where nothing in it has to go."""
    if isinstance(field, StreamField) and value:
        blocks = value.get_prep_value()
        cleaned = printable_data(blocks)
        return value if cleaned == blocks else field.to_python(cleaned)
    if isinstance(field, CharField | TextField) and isinstance(value, str):
        text = printable(value)
        return value if text == value else text
    return value


def connect() -> None:
    """Connect the receiver; called once, when the apps are ready."""
    pre_save.connect(on_pre_save)
