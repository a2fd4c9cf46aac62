"""What a reviewer can choose: the outcome of a review, and the answers on its checklist."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    READY = "ready", _("ready")
    KNOWN_PROBLEMS = "known-problems", _("known problems")
    ARCHIVED = "archived", _("archived (frozen)")
    HTML_ONLY = "html-only", _("HTML only")


class CheckAnswer(models.TextChoices):
    NOT_YET = "", _("not checked yet")
    GOOD = "good", _("no problem found")
    BAD = "bad", _("problem found")
