"""Writing down what happens to accounts, from the signals that tell of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account import signals as account
from allauth.core import context
from allauth.mfa import signals as factor
from allauth.socialaccount import signals as social
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from accounts.models import Trace, User

Deed = Trace.Deed
SWITCHES = ("is_active", "is_staff", "is_superuser")
LONGEST = 300  # characters of details


def write(
    deed: Deed, *, person: User | None = None, details: str = "", request: HttpRequest | None = None
) -> Trace:
    """Add a line to the log; who did it and from where is taken from the request."""
    request = request or context.request
    visitor = getattr(request, "user", None)
    by = visitor if visitor is not None and visitor.is_authenticated and visitor != person else None
    return Trace.objects.create(
        deed=deed, person=person, by=by, details=details[:LONGEST], network_address=address_of(request)
    )


def address_of(request: HttpRequest | None) -> str | None:
    """Return where a request came from; None for what nobody asked for over the network."""
    from allauth.account.adapter import get_adapter

    if request is None or not request.META.get("REMOTE_ADDR"):
        return None
    try:
        return get_adapter(request).get_client_ip(request) or None
    except (ImproperlyConfigured, PermissionError):
        return None


def provider_of(request: HttpRequest, user: User) -> str:
    """Return how this session was begun, in the words of the library: a provider, "password", "mfa"."""
    from allauth.account.internal.flows.login import get_authentication_records

    records = get_authentication_records(request, user)
    return ", ".join(str(one.get("provider") or one.get("method")) for one in records)


def signed_in(request: HttpRequest, user: User, **about: Any) -> None:
    write(Deed.SIGNED_IN, person=user, details=provider_of(request, user), request=request)


def signed_out(request: HttpRequest, user: User | None, **about: Any) -> None:
    if user is not None:
        write(Deed.SIGNED_OUT, person=user, request=request)


def failed_password(credentials: dict[str, Any], **about: Any) -> None:
    """Name the account where there is one; what was typed may be a password in the wrong field."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    person = User.objects.filter(email__iexact=typed).first()
    write(Deed.FAILED, person=person, details="password", request=about.get("request"))


def failed(user: User | None = None, **about: Any) -> None:
    write(Deed.FAILED, person=user, details="code", request=about.get("request"))


def failed_factor(user: User, **about: Any) -> None:
    write(Deed.FAILED, person=user, details="second factor", request=about.get("request"))


def connected(request: HttpRequest, sociallogin: Any, **about: Any) -> None:
    write(Deed.CONNECTED, person=sociallogin.user, details=sociallogin.account.provider, request=request)


def disconnected(request: HttpRequest, socialaccount: Any, **about: Any) -> None:
    write(Deed.DISCONNECTED, person=socialaccount.user, details=socialaccount.provider, request=request)


def told(deed: Deed, details: str) -> Any:
    """Return a receiver that writes down one deed on the ``user`` of a signal."""

    def receiver(**about: Any) -> None:
        user = about.get("user") or about["email_address"].user
        write(deed, person=user, details=details, request=about.get("request"))

    return receiver


def factor_changed(details: str) -> Any:
    def receiver(user: User, authenticator: Any, **about: Any) -> None:
        write(
            Deed.FACTOR, person=user, details=f"{authenticator.type} {details}", request=about.get("request")
        )

    return receiver


def before_saving(sender: type[Model], instance: User, **about: Any) -> None:
    """Compare the switches with what the database has, while it still has it."""
    fields = about.get("update_fields")
    if about.get("raw") or instance.pk is None or (fields is not None and not set(fields) & set(SWITCHES)):
        return
    before = User.objects.filter(pk=instance.pk).values(*SWITCHES).first() or {}
    turned = [
        f"{name} {'on' if getattr(instance, name) else 'off'}"
        for name in before
        if before[name] != getattr(instance, name)
    ]
    if turned:
        write(Deed.RIGHTS, person=instance, details=", ".join(turned))


def after_saving(sender: type[Model], instance: User, created: bool, **about: Any) -> None:
    """Write down an account that begins with rights."""
    given = [name for name in ("is_staff", "is_superuser") if getattr(instance, name)]
    if created and given and not about.get("raw"):
        write(Deed.RIGHTS, person=instance, details=", ".join(f"{name} on" for name in given))


def groups_changed(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **about: Any) -> None:
    """Name the groups a person joined or left; works from either end of the relation."""
    words = {"post_add": "joined", "post_remove": "left", "pre_clear": "left"}
    if action not in words:
        return
    chosen = {"pk__in": pk_set} if pk_set is not None else {}
    if reverse:
        people = instance.user_set.filter(**chosen) if not chosen else User.objects.filter(**chosen)
        for person in people:
            write(Deed.RIGHTS, person=person, details=f"{words[action]} {instance}")
        return
    groups = Group.objects.filter(**chosen) if chosen else instance.groups.all()
    if groups:
        names = ", ".join(sorted(str(group) for group in groups))
        write(Deed.RIGHTS, person=instance, details=f"{words[action]} {names}")


def group_rights_changed(
    instance: Any, action: str, model: type[Model], pk_set: set[int] | None, **about: Any
) -> None:
    words = {"post_add": "got", "post_remove": "lost", "pre_clear": "lost everything"}
    if action not in words:
        return
    rights = ", ".join(sorted(model.objects.filter(pk__in=pk_set or []).values_list("codename", flat=True)))
    person = instance if isinstance(instance, User) else None
    write(
        Deed.RIGHTS,
        person=person,
        details=f"{instance if person is None else ''} {words[action]} {rights}".strip(),
    )


def place_rights_changed(instance: Any, **about: Any) -> None:
    if about.get("raw"):
        return
    word = "got" if "created" in about else "lost"
    place = getattr(instance, "page", None) or getattr(instance, "collection", None)
    write(Deed.RIGHTS, details=f"{instance.group} {word} {instance.permission.codename} on {place}")


def forget(*, after: timedelta = timedelta(days=365), addresses_after: timedelta = timedelta(days=30)) -> int:
    """Delete lines that are a year old, and network addresses after a month; return how many lines went."""
    now = timezone.now()
    UserSession.objects.filter(created_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()
    Trace.objects.filter(at__lt=now - addresses_after).exclude(network_address=None).update(
        network_address=None
    )
    return Trace.objects.filter(at__lt=now - after).delete()[0]


def listen() -> None:
    """Hear all that is worth a line; called once, when everything is ready."""
    pairs = [
        (account.user_logged_in, signed_in),
        (account.user_signed_up, told(Deed.SIGNED_UP, "")),
        (user_logged_out, signed_out),
        (user_login_failed, failed_password),
        *[
            (signal, failed)
            for signal in (account.login_code_rejected, account.email_verification_code_rejected)
        ],
        (factor.authentication_failed, failed_factor),
        (account.password_set, told(Deed.PASSWORD, "set")),
        (account.password_changed, told(Deed.PASSWORD, "changed")),
        (account.password_reset, told(Deed.PASSWORD, "reset by letter")),
        (account.email_added, told(Deed.ADDRESSES, "added")),
        (account.email_confirmed, told(Deed.ADDRESSES, "proven")),
        (account.email_removed, told(Deed.ADDRESSES, "removed")),
        (account.email_changed, told(Deed.ADDRESSES, "another one made the main one")),
        (factor.authenticator_added, factor_changed("added")),
        (factor.authenticator_removed, factor_changed("removed")),
        (factor.authenticator_reset, factor_changed("made anew")),
        (social.social_account_added, connected),
        (social.social_account_removed, disconnected),
    ]
    for signal, receiver in pairs:
        signal.connect(receiver, weak=False)
    pre_save.connect(before_saving, sender=User)
    post_save.connect(after_saving, sender=User)
    m2m_changed.connect(groups_changed, sender=User.groups.through)
    m2m_changed.connect(group_rights_changed, sender=User.user_permissions.through)
    m2m_changed.connect(group_rights_changed, sender=Group.permissions.through)
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(place_rights_changed, sender=model)
        post_delete.connect(place_rights_changed, sender=model)
