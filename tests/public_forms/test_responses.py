"""What the responses of public forms have in common."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from public_forms.rejection import RejectedError
from public_forms.responses import SeeOther, current_member, private, rejection_page
from tests.support.factories import make_user


def test_an_accepted_post_leads_on_by_get():
    assert SeeOther("/discussion/").status_code == HTTPStatus.SEE_OTHER


def test_a_private_page_is_kept_by_no_cache_and_its_address_told_to_nobody():
    response = private(HttpResponse())

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_who_is_not_signed_in_is_no_member(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    assert current_member(request) is None

    request.user = maria = make_user()

    assert current_member(request) == maria


@pytest.mark.django_db
def test_a_rejection_gives_the_text_back_as_text(rf):
    request = rf.post("/")
    request.user = AnonymousUser()
    rejection = RejectedError(HTTPStatus.FORBIDDEN, "This discussion is closed.")

    response = rejection_page(request, rejection, text="We share a <nurse>.")

    page = response.content.decode()
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "This discussion is closed." in page
    assert "We share a &lt;nurse&gt;." in page
