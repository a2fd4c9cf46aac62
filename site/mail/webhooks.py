"""What the mail provider tells of letters that came back, or were called spam.

To such an address nothing is sent any more. What may be our own fault, or may
pass, is no reason: a full mailbox, a word a filter dislikes, a policy of ours
that a receiver holds against us.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mail.models import Suppressed

logger = logging.getLogger(__name__)

Reason = Suppressed.Reason
VIEWS = {
    "postmark": "anymail.webhooks.postmark.PostmarkTrackingWebhookView",
    "mailgun": "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
}
BY_EVENT = {EventType.COMPLAINED: Reason.COMPLAINED, EventType.UNSUBSCRIBED: Reason.ASKED}
# Why a letter was not delivered, as far as the reason lies with the address.
BY_REFUSAL = {
    RejectReason.BOUNCED: Reason.BOUNCED,
    RejectReason.INVALID: Reason.BOUNCED,
    RejectReason.SPAM: Reason.COMPLAINED,
    RejectReason.UNSUBSCRIBED: Reason.ASKED,
}


@csrf_exempt  # the provider shows its secret, or signs
def receive(request: HttpRequest) -> HttpResponse:
    """Take what the provider tells; 404 where none is configured, 400 for what can't be read or believed."""
    if not settings.MAIL_EVENTS:
        raise Http404
    try:
        return import_string(VIEWS[settings.MAIL_EVENTS]).as_view()(request)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        logger.warning("Something unreadable came as if from the mail provider: %s", type(error).__name__)
        words = _("This is nothing that a mail provider would tell.")
        return HttpResponse(words, content_type="text/plain", status=HTTPStatus.BAD_REQUEST)


def heed(sender: Any, event: AnymailTrackingEvent, esp_name: str, **more: Any) -> None:
    """Write no more to the address that ``event`` is about, if it is a reason not to."""
    reason = reason_in(event)
    if reason is None or not is_address(event.recipient):
        return
    Suppressed.objects.suppress(event.recipient, reason)
    logger.info("%s told of an address that is written to no more: %s", esp_name, reason.value)


def reason_in(event: AnymailTrackingEvent) -> Suppressed.Reason | None:
    """Return why nothing may be sent to the address any more; None where it may."""
    if event.event_type in BY_EVENT:
        return BY_EVENT[event.event_type]
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED) or passes(event):
        return None
    return BY_REFUSAL.get(event.reject_reason)


def passes(event: AnymailTrackingEvent) -> bool:
    """Say whether a bounce is one of the passing kind, which Postmark alone reports as a bounce."""
    return event.esp_event.get("Type") == "SoftBounce"


def is_address(words: Any) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True
