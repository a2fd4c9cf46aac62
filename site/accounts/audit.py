"""Recording account events: receivers for the signals of Django, allauth and Wagtail.

An event's details are stored in the language of the moment; names of flags,
permissions and providers are stored as the code has them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa import signals as mfa_signals
from allauth.socialaccount import signals as social_signals
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from accounts.models import AccountEvent, User

Action = AccountEvent.Action
TRACKED_FLAGS = ("is_active", "is_staff", "is_superuser")
MAX_DETAILS = 300  # characters
SIGN_IN_METHODS = {
    "password": gettext_lazy("password"),
    "code": gettext_lazy("code by e-mail"),
    "mfa": gettext_lazy("two-step verification"),
}
AUTHENTICATORS = {
    "totp": gettext_lazy("authenticator app"),
    "webauthn": gettext_lazy("passkey"),
    "recovery_codes": gettext_lazy("recovery codes"),
}
KEEP_EVENTS = timedelta(days=365)
KEEP_IP_ADDRESSES = timedelta(days=30)


def record(
    action: Action,
    *,
    person: User | None = None,
    details: Promise | str = "",
    request: HttpRequest | None = None,
) -> AccountEvent:
    """Add a line to the log; who did it and from where is taken from the request.

    ``request`` defaults to the one being handled, if there is one.
    """
    request = request or context.request
    visitor = getattr(request, "user", None)
    by = visitor if visitor is not None and visitor.is_authenticated and visitor != person else None
    return AccountEvent.objects.create(
        action=action, person=person, by=by, details=str(details)[:MAX_DETAILS], ip_address=client_ip(request)
    )


def client_ip(request: HttpRequest | None) -> str | None:
    """Return where a request came from; None outside a request, or where that cannot be known."""
    if request is None or not request.META.get("REMOTE_ADDR"):
        return None
    try:
        return get_adapter(request).get_client_ip(request) or None
    except (ImproperlyConfigured, PermissionError):
        return None


def sign_in_methods(request: HttpRequest, user: User) -> str:
    """Return how this session was begun: the providers, by their ids, and our own methods in words."""
    names = [
        entry.get("provider") or entry.get("method") for entry in get_authentication_records(request, user)
    ]
    return ", ".join(str(SIGN_IN_METHODS.get(name, name)) for name in names)


def on_signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(Action.SIGNED_IN, person=user, details=sign_in_methods(request, user), request=request)


def on_signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(Action.SIGNED_OUT, person=user, request=request)


def on_login_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record the account where there is one, never the input: it may be a password in the wrong field."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    person = User.objects.filter(email__iexact=email).first()
    record(Action.FAILED, person=person, details=_("password"), request=kwargs.get("request"))


def on_code_rejected(user: User | None = None, **kwargs: Any) -> None:
    record(Action.FAILED, person=user, details=_("code"), request=kwargs.get("request"))


def on_mfa_failed(user: User, **kwargs: Any) -> None:
    record(Action.FAILED, person=user, details=_("two-step verification"), request=kwargs.get("request"))


def on_account_connected(request: HttpRequest, sociallogin: Any, **kwargs: Any) -> None:
    record(Action.CONNECTED, person=sociallogin.user, details=sociallogin.account.provider, request=request)


def on_account_disconnected(request: HttpRequest, socialaccount: Any, **kwargs: Any) -> None:
    record(Action.DISCONNECTED, person=socialaccount.user, details=socialaccount.provider, request=request)


def receiver_for(action: Action, details: Promise | str) -> Callable[..., None]:
    """Return a receiver that records ``action`` for the ``user`` of a signal."""

    def receiver(**kwargs: Any) -> None:
        user = kwargs.get("user") or kwargs["email_address"].user
        record(action, person=user, details=details, request=kwargs.get("request"))

    return receiver


def mfa_receiver(change: Promise) -> Callable[..., None]:
    """Return a receiver that records a ``change`` of an authenticator."""

    def receiver(user: User, authenticator: Any, **kwargs: Any) -> None:
        authenticator_name = AUTHENTICATORS.get(authenticator.type, authenticator.type)
        details = f"{authenticator_name}: {change}"
        record(Action.MFA, person=user, details=details, request=kwargs.get("request"))

    return receiver


def on_user_pre_save(sender: type[Model], instance: User, **kwargs: Any) -> None:
    """Compare TRACKED_FLAGS with the database's, while it still has the old ones."""
    fields = kwargs.get("update_fields")
    if (
        kwargs.get("raw")
        or instance.pk is None
        or (fields is not None and not set(fields) & set(TRACKED_FLAGS))
    ):
        return
    before = User.objects.filter(pk=instance.pk).values(*TRACKED_FLAGS).first() or {}
    changes = [
        (_("%(flag)s on") if getattr(instance, name) else _("%(flag)s off")) % {"flag": name}
        for name in before
        if before[name] != getattr(instance, name)
    ]
    if changes:
        record(Action.PERMISSIONS, person=instance, details=", ".join(changes))


def on_user_post_save(sender: type[Model], instance: User, created: bool, **kwargs: Any) -> None:
    """Record an account that is created with permissions."""
    flags = [name for name in ("is_staff", "is_superuser") if getattr(instance, name)]
    if created and flags and not kwargs.get("raw"):
        record(
            Action.PERMISSIONS,
            person=instance,
            details=", ".join(_("%(flag)s on") % {"flag": name} for name in flags),
        )


def on_groups_changed(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Record the groups a person joined or left; works from either end of the relation."""
    joined, left = _("joined %(groups)s"), _("left %(groups)s")
    messages = {"post_add": joined, "post_remove": left, "pre_clear": left}
    if action not in messages:
        return
    selected = {"pk__in": pk_set} if pk_set is not None else {}
    if reverse:
        people = User.objects.filter(**selected) if selected else instance.user_set.all()
        for person in people:
            record(Action.PERMISSIONS, person=person, details=messages[action] % {"groups": instance})
        return
    groups = Group.objects.filter(**selected) if selected else instance.groups.all()
    if groups:
        names = ", ".join(sorted(str(group) for group in groups))
        record(Action.PERMISSIONS, person=instance, details=messages[action] % {"groups": names})


def on_permissions_changed(
    instance: Any, action: str, model: type[Model], pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Record the permissions that a person or a group got or lost."""
    messages = {
        "post_add": _("got %(permissions)s"),
        "post_remove": _("lost %(permissions)s"),
        "pre_clear": _("lost everything"),
    }
    if action not in messages:
        return
    permissions = model._default_manager.filter(pk__in=pk_set or []).values_list("codename", flat=True)
    details = messages[action] % {"permissions": ", ".join(sorted(permissions))}
    if isinstance(instance, User):
        record(Action.PERMISSIONS, person=instance, details=details)
    else:
        record(Action.PERMISSIONS, details=f"{instance} {details}")


def on_object_permission_changed(instance: Any, **kwargs: Any) -> None:
    """Record a group's permission on a page or a collection."""
    if kwargs.get("raw"):
        return
    got, lost = (
        _("%(group)s got %(permission)s on %(target)s"),
        _("%(group)s lost %(permission)s on %(target)s"),
    )
    values = {
        "group": instance.group,
        "permission": instance.permission.codename,
        "target": getattr(instance, "page", None) or getattr(instance, "collection", None),
    }
    record(Action.PERMISSIONS, details=(got if "created" in kwargs else lost) % values)


def delete_old() -> int:
    """Delete events after a year, and their IP addresses after a month; return how many events went.

    Also deletes the rows of sessions that have ended on their own.
    """
    now = timezone.now()
    # As long as a session lives, its row must be there: by it the session is listed and ended.
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    AccountEvent.objects.filter(at__lt=now - KEEP_IP_ADDRESSES).exclude(ip_address=None).update(
        ip_address=None
    )
    return AccountEvent.objects.filter(at__lt=now - KEEP_EVENTS).delete()[0]


def connect() -> None:
    """Connect all receivers; called once, when the apps are ready."""
    pairs = [
        (account_signals.user_logged_in, on_signed_in),
        (account_signals.user_signed_up, receiver_for(Action.SIGNED_UP, "")),
        (user_logged_out, on_signed_out),
        (user_login_failed, on_login_failed),
        (account_signals.login_code_rejected, on_code_rejected),
        (account_signals.email_verification_code_rejected, on_code_rejected),
        (mfa_signals.authentication_failed, on_mfa_failed),
        (account_signals.password_set, receiver_for(Action.PASSWORD, gettext_lazy("set"))),
        (account_signals.password_changed, receiver_for(Action.PASSWORD, gettext_lazy("changed"))),
        (account_signals.password_reset, receiver_for(Action.PASSWORD, gettext_lazy("reset by e-mail"))),
        (account_signals.email_added, receiver_for(Action.EMAILS, gettext_lazy("added"))),
        (account_signals.email_confirmed, receiver_for(Action.EMAILS, gettext_lazy("verified"))),
        (account_signals.email_removed, receiver_for(Action.EMAILS, gettext_lazy("removed"))),
        (account_signals.email_changed, receiver_for(Action.EMAILS, gettext_lazy("primary changed"))),
        (mfa_signals.authenticator_added, mfa_receiver(gettext_lazy("added"))),
        (mfa_signals.authenticator_removed, mfa_receiver(gettext_lazy("removed"))),
        (mfa_signals.authenticator_reset, mfa_receiver(gettext_lazy("generated again"))),
        (social_signals.social_account_added, on_account_connected),
        (social_signals.social_account_removed, on_account_disconnected),
    ]
    for signal, receiver in pairs:
        signal.connect(receiver, weak=False)
    pre_save.connect(on_user_pre_save, sender=User)
    post_save.connect(on_user_post_save, sender=User)
    m2m_changed.connect(on_groups_changed, sender=User.groups.through)
    m2m_changed.connect(on_permissions_changed, sender=User.user_permissions.through)
    m2m_changed.connect(on_permissions_changed, sender=Group.permissions.through)
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(on_object_permission_changed, sender=model)
        post_delete.connect(on_object_permission_changed, sender=model)
