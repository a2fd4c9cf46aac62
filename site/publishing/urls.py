"""Addresses of authors and topics."""

from __future__ import annotations

from django.urls import path

from publishing import views
from publishing.feeds import TopicFeed

urlpatterns = [
    path("authors/<slug:slug>/", views.author, name="author"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/feed/", TopicFeed(), name="topic_feed"),
]
