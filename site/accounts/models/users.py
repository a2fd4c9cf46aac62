"""Accounts: an e-mail address to sign in with and a name shown to readers."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.affiliations import Affiliation
from mail.mailboxes import validate_visible


def public_storage() -> Storage:
    return storages["public"]


class UserQuerySet(models.QuerySet["User"]):
    def verified(self, *, role: str = "") -> UserQuerySet:
        """Keep people whose affiliation is verified today, with ``role`` only those who state that role.

        Upper and lower case make no difference to a role.
        """
        people = self.filter(Exists(Affiliation.objects.valid().filter(user=OuterRef("pk"))))
        return people.filter(role__iexact=role) if role else people


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account; without a password it can sign in through a provider only."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: commenter, editor or moderator.

    ``email`` is never shown to anyone else, and a name is never made from it.
    ``role`` and ``organisation`` are what the person says; ``Affiliation``
    tells whether it is verified.
    """

    email = models.EmailField(_("e-mail address"), unique=True, validators=[validate_visible])
    name = models.CharField(_("name"), max_length=150, blank=True, help_text=_("Shown next to comments."))
    organisation = models.CharField(_("organization"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=120, blank=True)
    portrait = models.FileField(_("picture"), storage=public_storage, upload_to="portraits", blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    is_erased: bool = False  # set while it is deleted, once every room has erased its part

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Return the name shown to readers, "Member 12" where none was given."""
        return self.name or gettext("Member %(number)s") % {"number": self.pk}

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def first_name(self) -> str:
        """Return the name; Wagtail's sidebar greets people by it."""
        return self.get_full_name()

    @property
    def portrait_url(self) -> str:
        """Return the URL of the portrait, empty where initials are shown instead."""
        return self.portrait.url if self.portrait else ""

    @property
    def verified_emails(self) -> list[str]:
        """The verified e-mail addresses of this account, in lower case; costs a query."""
        addresses = EmailAddress.objects.filter(user=self, verified=True)
        return [email.lower() for email in addresses.values_list("email", flat=True)]

    def update_profile(self, *, name: str, role: str, organisation: str) -> None:
        """Save what the person says about themselves; a verified affiliation that no longer fits ends.

        Another organization ends any affiliation, another role one that an
        editor confirmed.
        """
        affiliation = Affiliation.objects.filter(user=self).first()
        if affiliation is not None:
            moved = organisation != self.organisation
            promoted = role != self.role and affiliation.method == Affiliation.Method.EDITOR
            if moved or promoted:
                affiliation.withdraw()
        self.name, self.role, self.organisation = name, role, organisation
        self.save(update_fields=["name", "role", "organisation"])

    def end_sessions(self) -> int:
        """End every session of this account on the server; return how many there were."""
        sessions = list(UserSession.objects.filter(user=self))
        for session in sessions:
            session.end()
        return len(sessions)
