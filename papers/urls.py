"""Addresses of papers besides their own pages."""

from __future__ import annotations

from django.urls import path

import public_forms.converters  # noqa: F401 - registers <id:…>
from papers.downloads.covers import cover
from papers.feeds import PapersFeed
from papers.oai.views import oai
from papers.reader_requests import copy_views, format_views

urlpatterns = [
    path("oai/", oai, name="oai"),
    path("papers/copies/ask/<id:paper_pk>/", copy_views.request_copy, name="request_copy"),
    path("papers/copies/<str:token>/", copy_views.granted_copy, name="granted_copy"),
    path("papers/covers/<slug:stem>.<slug:extension>", cover, name="paper_cover"),
    path("papers/feed/", PapersFeed(), name="papers_feed"),
    path("papers/accessible-format/<id:pk>/", format_views.request_format, name="request_format"),
    path(
        "papers/accessible-format/sent/<slug:reference>/",
        format_views.format_request_sent,
        name="format_request_sent",
    ),
]
