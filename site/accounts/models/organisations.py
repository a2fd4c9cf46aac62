"""Districts, collaboratives and agencies, and the mail domains that are theirs."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.search import index

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
# Anyone can get an address there, so it says nothing about an employer.
PUBLIC_MAIL_DOMAINS = {
    "aol.com", "comcast.net", "fastmail.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com",
    "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com", "me.com", "msn.com", "outlook.com",
    "proton.me", "protonmail.com", "verizon.net", "yahoo.com", "ymail.com", "zoho.com",
}  # fmt: skip


class Organisation(index.Indexed, ClusterableModel):
    """An employer. An e-mail address at one of its domains verifies that a person works there."""

    name = models.CharField(_("name"), max_length=200)

    panels = [
        FieldPanel("name"),
        InlinePanel("domains", heading=_("E-mail domains"), label=_("Domain")),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_organisation_a_name")]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """The part after the @ of an organization's e-mail addresses; subdomains are not included."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(
        _("domain"), max_length=253, unique=True,
        help_text=_("The part after the @, for example northern.k12.example."),
    )  # fmt: skip

    panels = [FieldPanel("name")]

    class Meta:
        verbose_name = _("e-mail domain")
        verbose_name_plural = _("e-mail domains")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = self.name.strip().lstrip("@").lower().rstrip(".")
        if not DOMAIN.fullmatch(self.name):
            raise ValidationError({"name": _("Enter an e-mail domain, for example northern.k12.example.")})
        if self.name in PUBLIC_MAIL_DOMAINS:
            raise ValidationError(
                {"name": _("Anyone can get an address at this domain, so it can’t verify an employer.")}
            )
