"""Addresses of papers besides their own pages."""

from __future__ import annotations

from django.urls import path

from papers.feeds import PapersFeed

urlpatterns = [path("papers/feed/", PapersFeed(), name="papers_feed")]
