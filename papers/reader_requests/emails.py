"""The letters about a request: to whoever asked, and to the desk.

The first one repeats nothing that was typed into the form: whoever typed it
may have given somebody else's address.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.permissions import page_permission_policy

from mail import queue
from papers.models import FormatRequest

logger = logging.getLogger(__name__)


def tell_it_came(asked: FormatRequest) -> None:
    """Write to whoever asked, and to everyone at the desk."""
    subject = gettext("Your request %(reference)s") % {"reference": asked.reference}
    _post(asked, asked.email, subject, "received", key=f"request {asked.reference}")
    subject = gettext("Somebody asks for an accessible format: %(reference)s") % {
        "reference": asked.reference
    }
    link = settings.BASE_URL + reverse("papers_editions:request", args=[asked.pk])
    for number, address in enumerate(desk(asked)):
        try:
            _post(asked, address, subject, "to_the_desk", link=link, key=f"desk {asked.reference} {number}")
        except ValueError:  # a slip in the settings must not lose what a reader asked for
            logger.error("Entry %s of those to be told of requests is no e-mail address", number + 1)


def tell_the_answer(asked: FormatRequest) -> None:
    subject = gettext("About your request %(reference)s") % {"reference": asked.reference}
    _post(asked, asked.email, subject, "answer", key=f"answer {asked.reference}")


def desk(asked: FormatRequest) -> list[str]:
    """Return who is told: the addresses the settings name, else everyone who may publish the paper."""
    if settings.FORMAT_REQUEST_RECIPIENTS:
        return settings.FORMAT_REQUEST_RECIPIENTS
    staff = page_permission_policy.users_with_permission_for_instance("publish", asked.edition.paper)
    return sorted({user.email for user in staff.filter(is_active=True) if user.email})


def _post(asked: FormatRequest, to: str, subject: str, letter: str, *, key: str, link: str = "") -> None:
    paper = asked.edition.paper
    context = {
        "asked": asked,
        "title": paper.title,
        "address": paper.full_url,
        "link": link,
        "days": settings.FORMAT_REQUEST_KEEP_DAYS,
        "site": settings.WAGTAIL_SITE_NAME,
    }
    text = render_to_string(f"papers/requests/letters/{letter}.txt", context)
    queue.enqueue(to=to, subject=subject, text=text, key=key)
