"""Saying no to what was sent, without losing it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils.functional import Promise

Response = TypeVar("Response", bound=HttpResponseBase)


class RejectedError(Exception):
    """What was sent is not accepted: a sentence for the reader, the status, and when to try again.

    ``retry_after`` is in seconds; 0 where waiting does not help.
    """

    def __init__(self, status: HTTPStatus, message: str | Promise, *, retry_after: int = 0) -> None:
        super().__init__(str(message))
        self.status, self.message, self.retry_after = status, message, retry_after

    def apply_to(self, response: Response) -> Response:
        """Give ``response``, which shows the message, the status and the Retry-After header."""
        response.status_code = self.status
        if self.retry_after:
            response["Retry-After"] = str(self.retry_after)
        return response


class UntrustedRequestError(RejectedError):
    """The request itself is not to be trusted or cannot be read, so nothing of it goes into a form again."""
