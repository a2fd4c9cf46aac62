"""Addresses of the editors' acts on editions, under ``/admin/``."""

from __future__ import annotations

from django.urls import path

from papers import counting_views, views

app_name = "papers_editions"
_EDITION = "papers/<int:paper_pk>/editions/<int:number>"

urlpatterns = [
    path("papers/downloads/", counting_views.downloads, name="downloads"),
    path(f"{_EDITION}/publish/", views.publish, name="publish"),
    path(f"{_EDITION}/withdraw/", views.withdraw, name="withdraw"),
    path(f"{_EDITION}/edit/", views.edit, name="edit"),
    path(f"{_EDITION}/delete/", views.delete, name="delete"),
    path(f"{_EDITION}/file/", views.file, name="file"),
]
