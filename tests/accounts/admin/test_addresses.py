"""Every address of the Wagtail admin, tried by who manages no people: none shows an e-mail address."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Page, Site

from accounts.models import AccountEvent, Affiliation, Organisation
from tests.support.factories import make_author, make_paper, make_post, make_topic, make_user

pytestmark = pytest.mark.django_db
SECRET = "nobody.may.see@strangers.example"
# Administrators, who manage people, have to know them; who gets in where is walked by tests/test_access.py.
ROLES = ["member", "editor", "moderator"]
THE_SAME_FOR_ALL = {"/admin/jsi18n/", "/admin/sprite/"}  # words and icons of the admin itself


def patterns(resolver: URLResolver, prefix: str = "") -> list[str]:
    """Every route below ``resolver``, as a regular expression without anchors."""
    urls: list[str] = []
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern.regex.pattern if hasattr(one.pattern, "regex") else one.pattern)
        if isinstance(one, URLResolver):
            urls += patterns(one, route)
        elif isinstance(one, URLPattern):
            urls.append(route)
    return urls


def filled(route: str, things: dict[str, str]) -> str:
    """An address that fits ``route``; numbers and names are those of things that exist."""
    for noise in ("^", "$", r"\Z", "?-imsx:"):
        route = route.replace(noise, "")
    bare = re.sub(r"\\([/._-])", r"\1", route)
    while match := re.search(r"\((?:\?:|\?P<(\w+)>)?((?:[^()]|\([^()]*\))*)\)[?*+]?", bare):
        name, inner = match.groups()
        filling = things.get(name, things["number"]) if name else inner
        bare = bare[: match.start()] + filling + bare[match.end() :]
    return "/" + re.sub(r"\[[^\]]*\][+*]?|\\[dw][+*]?", things["number"], bare).replace("?", "")


def addresses() -> list[str]:
    page = make_post()
    make_paper(), make_author(), make_topic()
    stranger = make_user(email=SECRET, name="Sally Stranger")
    organisation = Organisation.objects.create(name="Northern District")
    Affiliation.objects.create(user=stranger, organisation=organisation)
    AccountEvent.objects.create(action=AccountEvent.Action.SIGNED_IN, person=stranger)
    things = {
        **dict.fromkeys(["number", "page_id", "page_to_move_id", "object_id"], str(page.pk)),
        **dict.fromkeys(["parent_page_id", "destination_id"], str(Page.objects.get(depth=2).pk)),
        "revision_id": str(page.latest_revision_id or 1),
        "content_type_app_name": "blog",
        "content_type_model_name": "post",
        "app_label": "blog",
        "model_name": "post",
        "pk": str(stranger.pk),
        "content_type_id": str(ContentType.objects.get_for_model(Page).pk),
        "action": "delete",
        "site_pk": str(Site.objects.get().pk),
        "mode": "",
        "group_id": str(Group.objects.first().pk),
    }
    tops = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    root = next(one for one in tops if str(one.pattern) == "admin/")
    return sorted({filled(route, things) for route in patterns(root, "admin/")})


def visitor(role: str) -> Client:
    client = Client(raise_request_exception=False)
    user = make_user(name=f"The {role}")
    if role != "member":
        user.groups.add(Group.objects.get(name=f"{role.title()}s"))
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_no_address_of_the_admin_leaks_an_email_address_or_breaks(role):
    places = addresses()
    client = visitor(role)
    broken, leaking = [], []

    for place in places:
        response = client.get(place)
        text = b"" if response.streaming else response.content
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            broken.append(place)
        if SECRET.encode() in text:
            leaking.append(place)

    assert len(places) > 150
    assert not broken
    assert not leaking
