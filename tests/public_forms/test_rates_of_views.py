"""Which rate limit counts what is sent to each form that anybody may send."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from public_forms.rate_limits import DEFAULT_RATES

# By the name of the address. Without a rate is only the one that takes no POST.
RATES = {
    "post_comment": "attempt",
    "edit_comment": "attempt",
    "delete_comment": "attempt",
    "guest_comment": "",
    "guest_edit": "attempt",
    "guest_delete": "attempt",
    "resend_guest_links": "attempt",
    "confirm_comment": "attempt",
    "report_comment": "report",
    "appeal": "report",
    "moderate_by_link": "attempt",
    "subscription_by_link": "attempt",
    "notification_preferences_by_link": "attempt",
    "discussion_sign_in": "sign-in",
    "discussion_sign_out": "sign-in",
    "request_copy": "attempt",
    "request_format": "format-attempt",
}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def test_each_public_form_is_counted_by_the_rate_it_should():
    forms = [pattern for pattern in patterns(get_resolver()) if hasattr(pattern.callback, "rate")]

    assert {pattern.name: pattern.callback.rate for pattern in forms} == RATES
    assert set(RATES.values()) - {""} <= set(DEFAULT_RATES)
