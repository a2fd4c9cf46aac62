"""The pages of the page tree, and those of authors and topics."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail import views

from publishing.filtering import FilteredList
from publishing.models import Author, Topic, all_pages
from publishing.routing import find_page


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show the page at ``path`` as Wagtail's own view does, which takes a page that was found before it."""
    vars(request)["_wagtail_route_for_request"] = find_page(
        request, [slug for slug in path.split("/") if slug]
    )
    return views.serve(request, path)


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an author and their publications."""
    person = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    filtered_list = FilteredList(all_pages().published().by(person), request.GET, name=f"author/{person.pk}")
    return render(
        request,
        "publishing/author.html",
        {"author": person, "filtered_list": filtered_list},
        status=filtered_list.status,
    )


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything published about a topic."""
    subject = get_object_or_404(Topic, slug=slug)
    pages = all_pages().published().about(subject)
    filtered_list = FilteredList(pages, request.GET, name=f"topic/{subject.pk}")
    return render(
        request,
        "publishing/topic.html",
        {"topic": subject, "filtered_list": filtered_list},
        status=filtered_list.status,
    )
