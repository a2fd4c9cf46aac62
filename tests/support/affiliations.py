"""Organizations, people who work there, and affiliations that were verified."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission

from accounts.affiliation import verification
from accounts.models import Affiliation, Domain, Organisation, User
from mail.models import QueuedEmail
from tests.support.factories import make_user

AT_WORK = "grace@northern.k12.example"


def make_organisation(name: str = "Northern District", *domains: str) -> Organisation:
    organisation = Organisation.objects.create(name=name)
    for domain in domains or ("northern.k12.example",):
        Domain.objects.create(organisation=organisation, name=domain)
    return organisation


def make_member_at_work(*, address: str = AT_WORK, role: str = "Superintendent") -> User:
    """Somebody with a verified e-mail address at work."""
    user = make_user(name="Grace Heron", role=role)
    EmailAddress.objects.create(user=user, email=address, verified=True)
    return user


def confirmed(user: User, organisation: Organisation) -> Affiliation:
    return verification.confirm(user, verification.EmailClaim(organisation, AT_WORK))


def confirm_link() -> str:
    """The path in the newest letter."""
    words = QueuedEmail.objects.latest("pk").text.split()
    return next(word for word in words if "/confirm/" in word).partition("8000")[2]


def make_affiliated(**fields) -> Affiliation:
    """Make a person whose organization was verified by an editor."""
    organisation = Organisation.objects.create(name="Northern Collaborative")
    affiliation = Affiliation(user=make_user(**fields), organisation=organisation)
    affiliation.confirm_by_editor(by=make_user(name="Ed Itor"))
    return affiliation


def make_editor(*rights: str) -> User:
    editor = make_user(name="Lionel Sedgwick")
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.user_permissions.add(
        *Permission.objects.filter(codename__in=rights, content_type__app_label="accounts")
    )
    return editor
