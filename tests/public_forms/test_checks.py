"""Each check of public_form rejects what it should, in order, before the view runs."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from public_forms.checks import public_form
from public_forms.rejection import RejectedError
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _fresh_limits(settings):
    cache.clear()
    settings.LIMITS, settings.RATE_LIMITS = True, {"report": "2/h/ip"}


def show_again(request, rejection, **view_kwargs):
    return HttpResponse(f"{rejection.message} {request.POST.get('comment', '')} {view_kwargs}")


def accept(request, **view_kwargs):
    return HttpResponse("accepted")


def view(**options):
    return public_form(on_rejection=show_again, **options)(accept)


def request_for(method="post", *, user=None, csrf=False, content_type=FORM, **headers):
    send = getattr(RequestFactory(enforce_csrf_checks=csrf), method)
    extra = {} if method == "get" else {"data": "comment=Kept.", "content_type": content_type}
    request = send("/discussion/post/", **extra, headers=headers)
    request.user = user or AnonymousUser()
    return request


def test_a_post_of_our_own_form_is_accepted():
    response = view(rate="report")(request_for(origin="http://testserver"))

    assert response.content == b"accepted"


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
     {"sec-fetch-site": "same-site"}],
)  # fmt: skip
@pytest.mark.parametrize("by_link", [False, True])
def test_another_site_is_rejected_and_the_text_can_be_shown(headers, by_link):
    response = view(by_link=by_link)(request_for(**headers))

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "another website" in response.content.decode()
    assert "Kept." in response.content.decode()


def test_another_charset_is_rejected_before_anything_reads_it():
    response = view()(request_for(content_type=f"{FORM}; charset=utf-7"))

    assert response.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert "Kept." not in response.content.decode()


def test_too_many_are_rejected_with_the_time_to_wait():
    responses = [view(rate="report")(request_for()) for _ in range(3)]

    assert [response.status_code for response in responses] == [200, 200, 429]
    assert responses[2]["Retry-After"] == "3600"


def test_a_form_without_a_rate_is_never_too_many():
    assert {view()(request_for()).status_code for _ in range(4)} == {200}


def test_what_another_site_sends_uses_up_nobodys_rate():
    for _ in range(4):
        view(rate="report")(request_for(origin="https://evil.example"))

    assert view(rate="report")(request_for()).content == b"accepted"


def test_a_member_needs_the_token_of_their_session_and_a_guest_does_not():
    member = view()(request_for(user=make_user(), csrf=True))
    guest = view()(request_for(csrf=True))

    assert member.status_code == HTTPStatus.FORBIDDEN
    assert "signed in or out" in member.content.decode()
    assert guest.content == b"accepted"


def test_a_link_is_the_authority_and_its_responses_are_private():
    response = view(by_link=True)(request_for(user=make_user(), csrf=True))
    rejected = view(by_link=True)(request_for(origin="https://evil.example"))

    assert response.content == b"accepted"
    for each_response in (response, rejected):
        assert each_response["Cache-Control"] == "private, no-store"
        assert each_response["Referrer-Policy"] == "same-origin"


def test_reading_is_not_checked():
    response = view(rate="report")(request_for("get", origin="https://evil.example"))

    assert response.content == b"accepted"
    assert "Cache-Control" not in response


def test_what_the_view_rejects_is_answered_alike_with_its_arguments():
    @public_form(on_rejection=show_again)
    def reject(request, pk):
        raise RejectedError(HTTPStatus.CONFLICT, "Too late.", retry_after=7)

    response = reject(request_for(), pk=12)

    assert response.status_code == HTTPStatus.CONFLICT
    assert response.content.decode() == "Too late. Kept. {'pk': 12}"
    assert response["Retry-After"] == "7"


def test_django_leaves_the_token_to_the_decorator():
    assert view().csrf_exempt is True
