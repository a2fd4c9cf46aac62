"""Bounces and spam complaints that the mail provider reports.

Nothing is sent to such an address any more. What may be our own fault, or may
pass, is no reason: a full mailbox, a word a filter dislikes, a policy of ours
that a receiver rejects.
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

from mail.models import SuppressedAddress

logger = logging.getLogger(__name__)

Reason = SuppressedAddress.Reason
VIEWS = {
    "postmark": "anymail.webhooks.postmark.PostmarkTrackingWebhookView",
    "mailgun": "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
}
REASON_BY_EVENT = {EventType.COMPLAINED: Reason.COMPLAINED, EventType.UNSUBSCRIBED: Reason.UNSUBSCRIBED}
# Why an e-mail was not delivered, as far as the reason lies with the address.
REASON_BY_REJECTION = {
    RejectReason.BOUNCED: Reason.BOUNCED,
    RejectReason.INVALID: Reason.BOUNCED,
    RejectReason.SPAM: Reason.COMPLAINED,
    RejectReason.UNSUBSCRIBED: Reason.UNSUBSCRIBED,
}


@csrf_exempt  # the provider sends its secret, or a signature
def receive(request: HttpRequest) -> HttpResponse:
    """Accept an event; 404 where no provider is configured, 400 for what is malformed or not authentic."""
    if not settings.MAIL_WEBHOOK_PROVIDER:
        raise Http404
    try:
        return import_string(VIEWS[settings.MAIL_WEBHOOK_PROVIDER]).as_view()(request)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        logger.warning("Unreadable webhook request instead of a mail event: %s", type(error).__name__)
        message = _("This is not a mail provider’s webhook event.")
        return HttpResponse(message, content_type="text/plain", status=HTTPStatus.BAD_REQUEST)


def on_tracking_event(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """Suppress the address that ``event`` is about, if the event is a reason to."""
    reason = suppression_reason(event)
    if reason is None or not is_valid_address(event.recipient):
        return
    SuppressedAddress.objects.suppress(event.recipient, reason)
    logger.info("%s reported an address, which is now suppressed: %s", esp_name, reason.value)


def suppression_reason(event: AnymailTrackingEvent) -> SuppressedAddress.Reason | None:
    """Return why nothing may be sent to the address any more; None where it may."""
    if event.event_type in REASON_BY_EVENT:
        return REASON_BY_EVENT[event.event_type]
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED) or is_soft_bounce(event):
        return None
    return REASON_BY_REJECTION.get(event.reject_reason)


def is_soft_bounce(event: AnymailTrackingEvent) -> bool:
    """Return whether a bounce is temporary; Postmark alone reports those as bounces."""
    return event.esp_event.get("Type") == "SoftBounce"


def is_valid_address(value: Any) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True
