"""Who is reading: one account, an e-mail address to sign in and a name to speak under."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.affiliations import Voice


def public_storage() -> Storage:
    return storages["public"]


class UserQuerySet(models.QuerySet["User"]):
    def verified(self, *, role: str = "") -> UserQuerySet:
        """Keep people whose organization is confirmed today, and with ``role`` those who state it.

        Upper and lower case make no difference to a role.
        """
        heard = self.filter(Exists(Voice.objects.standing().filter(user=OuterRef("pk"))))
        return heard.filter(role__iexact=role) if role else heard


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account; without a password it signs in through a provider only."""
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
    ``role`` and ``organisation`` are what the person says; a ``Voice`` tells
    whether anybody confirmed it.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(
        _("name"), max_length=150, blank=True, help_text=_("Shown beside what you write.")
    )
    organisation = models.CharField(_("organization"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=120, blank=True)
    portrait = models.FileField(_("portrait"), storage=public_storage, upload_to="portraits", blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Return the name this person speaks under."""
        return self.name or gettext("Member %(number)s") % {"number": self.pk}

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def first_name(self) -> str:
        """Return the name; Wagtail's sidebar greets people by it."""
        return self.get_full_name()

    @property
    def portrait_url(self) -> str:
        """Return the address of the portrait, empty where initials stand in for one."""
        return self.portrait.url if self.portrait else ""

    @property
    def proven_addresses(self) -> list[str]:
        """The addresses this person has shown to be theirs, in lower case."""
        mine = EmailAddress.objects.filter(user=self, verified=True)
        return [address.lower() for address in mine.values_list("email", flat=True)]

    def introduce(self, *, name: str, role: str, organisation: str) -> None:
        """Take what the person says about themselves; what was confirmed about something else lapses."""
        voice = Voice.objects.filter(user=self).first()
        if voice is not None:
            moved = organisation != self.organisation
            promoted = role != self.role and voice.way == Voice.Way.EDITOR
            if moved or promoted:
                voice.withdraw()
        self.name, self.role, self.organisation = name, role, organisation
        self.save(update_fields=["name", "role", "organisation"])
