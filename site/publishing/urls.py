"""Addresses of authors and topics, and of public pictures."""

from __future__ import annotations

from django.urls import path

from publishing import views
from publishing.feeds import TopicFeed
from publishing.media import media

urlpatterns = [
    path("authors/<slug:slug>/", views.author, name="author"),
    path("media/<path:name>", media, name="media"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/feed/", TopicFeed(), name="topic_feed"),
]
