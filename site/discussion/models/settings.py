"""What the house has decided about its discussion: one row a site, edited under Settings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

HOUSE_RULES = """Speak under your own name
Argue with the point, not the person
No student information
Say where a figure comes from
Say for whom you speak
Nothing for sale, and no campaigns
Keep confidences
Stay with the subject"""
CANNED_REPLIES = """You can say the same without naming anybody.
With a source for the figure it can come back.
This discussion is about something else; you are welcome to begin one where it belongs."""
CACHE_ATTRIBUTE = "_discussion_rules"


def non_blank_lines(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := one.strip())]


@register_setting(icon="comment", order=200)
class DiscussionSettings(BaseSiteSetting):
    """The rules of one site's discussion. A site without a row has these defaults."""

    class Hold(models.TextChoices):
        NOBODY = "none", _("nobody's comments")
        NEWCOMERS = "newcomers", _("newcomers' comments")
        EVERYBODY = "all", _("everybody's comments")

    hold = models.CharField(
        _("a moderator first reads"), max_length=10, choices=Hold.choices, default=Hold.NOBODY
    )
    approvals_needed = models.PositiveSmallIntegerField(
        _("comments until somebody is no newcomer"), default=1,
        help_text=_("So many of their comments must have been published."),
    )  # fmt: skip
    hold_words = models.TextField(
        _("words that hold a comment"), blank=True, help_text=_("A word or phrase a line.")
    )
    reject_words = models.TextField(
        _("words that are refused"), blank=True,
        help_text=_("A word or phrase a line. The writer is told, and can mend it."),
    )  # fmt: skip
    max_links = models.PositiveSmallIntegerField(
        _("most links in a comment"),
        default=5,
        help_text=_("With more than that, a moderator reads it first."),
    )
    reject_domains = models.TextField(
        _("domains not accepted"), blank=True,
        help_text=_("A domain a line, such as example.com; those beneath it count too."),
    )  # fmt: skip
    close_after_days = models.PositiveSmallIntegerField(
        _("close a discussion after so many days"), null=True, blank=True,
        help_text=_("Counted from the day the page was published. Empty: never."),
    )  # fmt: skip
    reports_to_hold = models.PositiveSmallIntegerField(
        _("reports that hold a comment"), default=3,
        help_text=_("By so many different members. 0: a moderator always decides."),
    )  # fmt: skip
    house_rules = models.TextField(
        _("house rules, short"), default=HOUSE_RULES,
        help_text=_("The title of a rule a line, numbered as on the page of house rules."),
    )  # fmt: skip
    canned_replies = models.TextField(
        _("ready-made words to writers"), default=CANNED_REPLIES, blank=True,
        help_text=_("One a line. A moderator can choose them for a removal, or the answer to an appeal."),
    )  # fmt: skip

    panels = [
        MultiFieldPanel(
            [FieldPanel("hold"), FieldPanel("approvals_needed"), FieldPanel("hold_words"),
             FieldPanel("max_links"), FieldPanel("reports_to_hold")],
            heading=_("What waits for a moderator"),
        ),
        MultiFieldPanel(
            [FieldPanel("reject_words"), FieldPanel("reject_domains"), FieldPanel("close_after_days")],
            heading=_("What is not taken"),
        ),
        MultiFieldPanel(
            [FieldPanel("house_rules"), FieldPanel("canned_replies")], heading=_("What moderators say")
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("Discussion rules")
        verbose_name_plural = _("Discussion rules")

    def __str__(self) -> str:
        return str(_("Discussion rules"))

    @classmethod
    def for_page(cls, page: Page) -> DiscussionSettings:
        """Return the rules for the talk under ``page``; asked of the database once for each page at hand."""
        if CACHE_ATTRIBUTE not in page.__dict__:
            parts = page.get_url_parts()
            found = cls.objects.filter(site_id=parts[0]).first() if parts else None
            page.__dict__[CACHE_ATTRIBUTE] = found or cls()
        return page.__dict__[CACHE_ATTRIBUTE]

    @property
    def numbered_rules(self) -> list[tuple[int, str]]:
        """Return the house rules as choices: number, and number with title."""
        return [
            (number, f"{number}. {title}")
            for number, title in enumerate(non_blank_lines(self.house_rules), start=1)
        ]

    def rule_title(self, number: int | None) -> str:
        """Return how a rule is cited; one that has gone from the list by its number alone."""
        return dict(self.numbered_rules).get(number or 0, str(number or ""))
