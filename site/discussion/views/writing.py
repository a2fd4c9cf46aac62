"""Saying something about one passage."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from discussion.anchors import anchor_in
from discussion.finding import talked_about
from discussion.refusals import CLOSED
from discussion.showing import form_page, fresh_form


@require_safe
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form to say something about a passage of a page's file; 404 where there is no such passage.

    The address names it as the form's fields do: ``?anchor_edition=1&anchor_page=14&anchor_quote=…``
    """
    page = talked_about(request, pk)
    anchor = anchor_in(request.GET)
    settled = page.settled(anchor) if anchor else None
    if settled is None:
        raise Http404
    form = fresh_form(request, page, anchor=settled)
    if not page.takes_comments:
        return form_page(request, page, form, status=HTTPStatus.FORBIDDEN, refused=CLOSED)
    return form_page(request, page, form)
