"""Finding a comment useful."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from discussion.finding import comment_by_number, talked_about
from discussion.models import Useful
from discussion.refusals import Refused, refuse_haste
from discussion.showing import SeeOther, address_of, member, said_no

NOT_SIGNED_IN = _("Sign in to say that a comment is useful.")
NOT_SHOWN = _("This comment has been taken away since.")
OWN = _("That your own comment is useful is for others to say.")


@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """Find a comment useful, or no longer, and go back to it.

    403 for strangers and for one's own comment, 404 where there is none to be
    seen, 429 with Retry-After for too many.
    """
    comment = comment_by_number(pk)
    page = talked_about(request, comment.page_id)
    reader = member(request)
    try:
        if reader is None:
            raise Refused(HTTPStatus.FORBIDDEN, NOT_SIGNED_IN)
        if not comment.is_shown:
            raise Refused(HTTPStatus.NOT_FOUND, NOT_SHOWN)
        if comment.user_id == reader.pk:
            raise Refused(HTTPStatus.FORBIDDEN, OWN)
        refuse_haste(request, "useful")
    except Refused as refused:
        return said_no(request, refused)
    Useful.objects.toggle(comment, reader)
    return SeeOther(address_of(request, page, comment))
