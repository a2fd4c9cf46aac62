"""The e-mails about requests: to the reader, and to the staff who answer them.

E-mails to an address that somebody typed into the form repeat nothing else
from the form: it may be another person's address.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.permissions import page_permission_policy

from mail import queue
from papers.reader_requests.copy_models import LINK_MAX_AGE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from papers.pages import Paper
    from papers.reader_requests.copy_models import CopyRequest
    from papers.reader_requests.format_models import FormatRequest

logger = logging.getLogger(__name__)


def recipients(paper: Paper) -> list[str]:
    """Return the addresses that are notified of a request about ``paper``.

    Those that the settings name; else the paper's owner; else everybody who may
    publish it; else everybody who may edit it; else the administrators. Owners
    count only while they may publish the paper, which granting a copy needs.
    """
    if settings.FORMAT_REQUEST_RECIPIENTS:
        return settings.FORMAT_REQUEST_RECIPIENTS
    owner = paper.owner
    if owner is not None and owner.email and paper.permissions_for_user(owner).can_publish():
        return [owner.email]
    allowed = page_permission_policy.users_with_permission_for_instance
    choices = [
        allowed("publish", paper, include_superusers=False),
        allowed("change", paper, include_superusers=False),
        get_user_model().objects.filter(is_superuser=True),
    ]
    return next(filter(None, map(_addresses, choices)), [])


def _addresses(users: QuerySet[User]) -> list[str]:
    return sorted(set(users.filter(is_active=True).exclude(email="").values_list("email", flat=True)))


def notify_format_requested(format_request: FormatRequest) -> None:
    """E-mail the reader the reference number, and the staff the link to the request."""
    reference = {"reference": format_request.reference}
    _send(
        "format_received",
        to=format_request.email,
        subject=gettext("We received your request %(reference)s") % reference,
        key=f"request {format_request.reference}",
        context=_format_context(format_request),
    )
    link = settings.BASE_URL + reverse("papers_admin:format_request", args=[format_request.pk])
    _send_to_staff(
        "format_requested",
        paper=format_request.edition.paper,
        subject=gettext("Request for an accessible format: %(reference)s") % reference,
        key=f"desk {format_request.reference}",
        context=_format_context(format_request) | {"link": link},
    )


def notify_format_answered(format_request: FormatRequest) -> None:
    """E-mail the reader the answer."""
    _send(
        "format_answered",
        to=format_request.email,
        subject=gettext("About your request %(reference)s") % {"reference": format_request.reference},
        key=f"answer {format_request.reference}",
        context=_format_context(format_request),
    )


def notify_copy_requested(copy_request: CopyRequest) -> None:
    """E-mail the staff that there is a request, without saying whose."""
    paper = copy_request.edition.paper
    _send_to_staff(
        "copy_requested",
        paper=paper,
        subject=gettext("Request for a copy of “%(title)s”") % {"title": paper.title},
        key=f"copy {copy_request.pk}",
        context={
            "title": paper.title,
            "link": settings.BASE_URL + reverse("papers_admin:copy_requests"),
        },
    )


def notify_copy_resolved(copy_request: CopyRequest, *, granted: bool, link: str) -> None:
    """E-mail the reader the link to the copy, or that the request was declined."""
    title = copy_request.edition.paper.title
    _send(
        "copy_granted" if granted else "copy_declined",
        to=copy_request.email,
        subject=gettext("Your request for a copy of “%(title)s”") % {"title": title},
        key=f"copy answer {copy_request.pk}",
        context={"title": title, "link": link, "days": LINK_MAX_AGE.days},
    )


def _format_context(format_request: FormatRequest) -> dict[str, Any]:
    paper = format_request.edition.paper
    return {
        "format_request": format_request,
        "title": paper.title,
        "url": paper.full_url,
        "days": settings.FORMAT_REQUEST_KEEP_DAYS,
    }


def _send_to_staff(template: str, *, paper: Paper, subject: str, key: str, context: dict[str, Any]) -> None:
    for number, address in enumerate(recipients(paper)):
        try:
            _send(template, to=address, subject=subject, key=f"{key} {number}", context=context)
        except ValueError:  # a typing error in the settings must not lose a reader's request
            logger.error("Entry %s of FORMAT_REQUEST_RECIPIENTS is no e-mail address", number + 1)


def _send(template: str, *, to: str, subject: str, key: str, context: dict[str, Any]) -> None:
    context = {**context, "site": settings.WAGTAIL_SITE_NAME}
    text = render_to_string(f"papers/emails/{template}.txt", context)
    queue.enqueue(to=to, subject=subject, text=text, key=key)
