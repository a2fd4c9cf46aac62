"""Copies on request: asking, telling the desk, and the link that lets one file out for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from mail import queue
from papers.models import CopyRequest
from papers.reader_requests.copy_models import GOOD_FOR
from public_forms import signed_links

if TYPE_CHECKING:
    from papers.models import Edition

SALT = "papers.copies"


def token_for(wish: CopyRequest) -> str:
    return signed_links.sign(wish.pk, salt=SALT)


def number_in(token: str) -> int | None:
    """Return the number of the request a link is for; None for one of nobody's making. Raises LinkExpired."""
    return signed_links.load_id(token, salt=SALT, max_age=GOOD_FOR)


def ask(edition: Edition, *, name: str, email: str, purpose: str) -> CopyRequest:
    """Note a request and tell the desk. Asking again before the answer changes nothing."""
    with transaction.atomic():
        wish, is_new = CopyRequest.objects.waiting().get_or_create(
            edition=edition, email=email.lower(), defaults={"name": name, "purpose": purpose}
        )
        if is_new:
            tell_the_desk(wish)
    return wish


def tell_the_desk(wish: CopyRequest) -> None:
    """Write to everyone who may publish; the letter says that there is a request, and not whose."""
    link = settings.BASE_URL + reverse("papers_editions:copies")
    words = {"title": wish.edition.paper.title, "link": link, "site": settings.WAGTAIL_SITE_NAME}
    for address in desk():
        queue.enqueue(
            to=address,
            subject=gettext("A copy of “%(title)s” is asked for") % words,
            text=render_to_string("papers/letters/asked.txt", words),
            key=f"copy {wish.pk} {address}"[:200],
        )


def desk() -> list[str]:
    publishes = Q(groups__page_permissions__permission__codename="publish_page")
    people = get_user_model().objects.filter(publishes, is_active=True).exclude(email="").distinct()
    return list(people.values_list("email", flat=True))


def answer(wish: CopyRequest, *, granted: bool, by: object) -> bool:
    """Settle a request and write to whoever asked; False where somebody was faster."""
    state = CopyRequest.State.GRANTED if granted else CopyRequest.State.DECLINED
    with transaction.atomic():
        if not wish.answer(state, by=by):
            return False
        paper = wish.edition.paper
        words = {
            "title": paper.title,
            "link": signed_links.signed_url("paper_copy", wish.pk, salt=SALT),
            "days": GOOD_FOR.days,
            "site": settings.WAGTAIL_SITE_NAME,
        }
        kind = "granted" if granted else "declined"
        queue.enqueue(
            to=wish.email,
            subject=gettext("Your request for “%(title)s”") % words,
            text=render_to_string(f"papers/letters/{kind}.txt", words),
            key=f"copy answer {wish.pk}",
        )
    return True
