"""Addresses of papers besides their own pages."""

from __future__ import annotations

from django.urls import path

from papers.feeds import PapersFeed
from papers.oai.views import oai
from papers.reader_requests import format_views
from papers.reader_requests.copy_views import ask, copy

urlpatterns = [
    path("oai/", oai, name="oai"),
    path("papers/copies/ask/<int:paper_pk>/", ask, name="ask_for_a_copy"),
    path("papers/copies/<str:token>/", copy, name="paper_copy"),
    path("papers/feed/", PapersFeed(), name="papers_feed"),
    path("papers/accessible-format/<int:pk>/", format_views.ask, name="format_request"),
    path("papers/accessible-format/sent/<slug:reference>/", format_views.sent, name="format_request_sent"),
]
