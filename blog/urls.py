"""Addresses of posts besides their own pages."""

from __future__ import annotations

from django.urls import path

from blog.feeds import PostsFeed

urlpatterns = [path("blog/feed/", PostsFeed(), name="posts_feed")]
