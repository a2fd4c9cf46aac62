"""Address of the search page."""

from __future__ import annotations

from django.urls import path

from search.views import find

urlpatterns = [path("", find, name="search")]
