"""A rejection gives its status to the page that shows it, and says when to try again."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse

from public_forms.rejection import RejectedError


def test_a_response_gets_the_status_and_the_time_to_wait():
    rejection = RejectedError(HTTPStatus.TOO_MANY_REQUESTS, "Wait a minute.", retry_after=60)

    response = rejection.apply_to(HttpResponse("Wait a minute."))

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert response["Retry-After"] == "60"
    assert str(rejection) == "Wait a minute."


def test_where_waiting_does_not_help_nobody_is_told_to_wait():
    response = RejectedError(HTTPStatus.FORBIDDEN, "Closed.").apply_to(HttpResponse())

    assert not response.has_header("Retry-After")
