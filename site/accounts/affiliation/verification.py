"""Confirming that somebody works where they say: by an address there, or by an editor."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Organisation, Trace, User, Voice
from mail import queue

PURPOSE = "accounts.proving"
LINK_LIVES = 24 * 60 * 60  # seconds
Way = Voice.Way


@dataclass(frozen=True)
class Claim:
    """What a letter's link stands for."""

    organisation: Organisation
    address: str


def address_at(user: User, organisation: Organisation) -> str:
    """Return a proven address of ``user`` at ``organisation``, empty where there is none."""
    domains = set(organisation.domains.values_list("name", flat=True))
    proven = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    return next((one.email for one in proven if one.email.rpartition("@")[2].lower() in domains), "")


@transaction.atomic
def ask(user: User, organisation: Organisation) -> Way:
    """Begin to confirm; return which way it goes.

    The address is written to even though it was proven once: people change
    jobs, and the letter shows that they still read it.
    """
    address = address_at(user, organisation)
    if not address:
        standing = Voice.objects.standing().filter(user=user, organisation=organisation).first()
        about = {
            "organisation": organisation,
            "state": Voice.State.ASKED,
            "changed_at": timezone.now(),
            "until": standing and standing.until,
        }
        Voice.objects.update_or_create(user=user, defaults=about)
        return Way.EDITOR
    link = settings.BASE_URL + reverse("account_prove", args=[token(user, Claim(organisation, address))])
    queue.enqueue(
        to=address,
        subject=_("Confirm where you work"),
        text=render_to_string("account/email/prove.txt", {"organisation": organisation, "link": link}),
    )
    return Way.ADDRESS


def token(user: User, claim: Claim) -> str:
    return signing.dumps([user.pk, claim.organisation.pk, claim.address, state_of(user)], salt=PURPOSE)


def state_of(user: User) -> str:
    """Return what changes when a link is used, so that it works once."""
    voice = Voice.objects.filter(user=user).first()
    return voice.changed_at.isoformat() if voice else ""


def by_token(word: str, user: User) -> Claim | None:
    """Return what ``user`` may confirm by a letter's link; None for another's, a used or an old one."""
    try:
        number, organisation, address, state = signing.loads(word, salt=PURPOSE, max_age=LINK_LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Organisation.objects.filter(pk=organisation).first()
    if number != user.pk or found is None or state != state_of(user) or address_at(user, found) != address:
        return None
    return Claim(found, address)


@transaction.atomic
def accept(user: User, claim: Claim) -> Voice:
    voice = Voice.objects.filter(user=user).first() or Voice(user=user)
    voice.organisation = claim.organisation
    voice.prove(claim.address)
    audit.write(Trace.Deed.VOICE, person=user, details=f"confirmed by address: {claim.organisation}")
    return voice


@transaction.atomic
def vouch(voice: Voice, *, by: User) -> None:
    """Let an editor confirm it."""
    voice.vouch(by=by)
    audit.write(Trace.Deed.VOICE, person=voice.user, details=f"confirmed by an editor: {voice.organisation}")


@transaction.atomic
def withdraw(user: User) -> None:
    """Take back what was confirmed or asked for; the row stays, so that an old link does not revive it."""
    voice = Voice.objects.filter(user=user).exclude(state=Voice.State.WITHDRAWN).first()
    if voice is not None:
        voice.withdraw()
        audit.write(Trace.Deed.VOICE, person=user, details=f"withdrawn: {voice.organisation}")


@transaction.atomic
def introduce(user: User, *, name: str, role: str, organisation: str) -> None:
    """Take what a person says about themselves, and write down where that ends what was confirmed."""
    before = Voice.objects.standing().filter(user=user).first()
    user.introduce(name=name, role=role, organisation=organisation)
    if before is not None and not before.is_standing:
        audit.write(Trace.Deed.VOICE, person=user, details=f"lapsed: {before.organisation}")
