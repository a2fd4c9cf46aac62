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
CANNED_REPLIES = """Please make the same point without naming anyone.
Please give a source for the figure. Then we can restore your comment.
This discussion is about something else. You’re welcome to comment where it belongs."""
CACHE_ATTRIBUTE = "_discussion_rules"


def non_blank_lines(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := one.strip())]


@register_setting(icon="comment", order=200)
class DiscussionSettings(BaseSiteSetting):
    """The rules of one site's discussion. A site without a row has these defaults."""

    class Hold(models.TextChoices):
        NOBODY = "none", _("no comments")
        NEWCOMERS = "newcomers", _("comments by newcomers")
        EVERYBODY = "all", _("all comments")

    hold = models.CharField(
        _("Review before publishing"), max_length=10, choices=Hold.choices, default=Hold.NOBODY
    )
    approvals_needed = models.PositiveSmallIntegerField(
        _("Approved comments needed"), default=1,
        help_text=_("Someone stops being a newcomer after this many published comments."),
    )  # fmt: skip
    hold_words = models.TextField(
        _("Words that hold a comment"), blank=True, help_text=_("One word or phrase per line.")
    )
    reject_words = models.TextField(
        _("Words that are rejected"), blank=True,
        help_text=_("One word or phrase per line. The commenter sees which one and can change it."),
    )  # fmt: skip
    max_links = models.PositiveSmallIntegerField(
        _("Maximum links in a comment"),
        default=5,
        help_text=_("A comment with more links is held for a moderator."),
    )
    reject_domains = models.TextField(
        _("Blocked domains"), blank=True,
        help_text=_("One domain per line, for example example.com. Subdomains are blocked too."),
    )  # fmt: skip
    close_after_days = models.PositiveSmallIntegerField(
        _("Close discussions after (days)"), null=True, blank=True,
        help_text=_("Counted from the day the page is published. Leave empty to keep discussions open."),
    )  # fmt: skip
    reports_to_hold = models.PositiveSmallIntegerField(
        _("Reports that hold a comment"), default=3,
        help_text=_("A comment this many members report is held for a moderator. 0: never."),
    )  # fmt: skip
    house_rules = models.TextField(
        _("House rules, short form"), default=HOUSE_RULES,
        help_text=_("One rule title per line, in the order of the House rules page."),
    )  # fmt: skip
    canned_replies = models.TextField(
        _("Saved replies"), default=CANNED_REPLIES, blank=True,
        help_text=_("One per line. Moderators can choose a saved reply for a removal or an appeal."),
    )  # fmt: skip

    panels = [
        MultiFieldPanel(
            [FieldPanel("hold"), FieldPanel("approvals_needed"), FieldPanel("hold_words"),
             FieldPanel("max_links"), FieldPanel("reports_to_hold")],
            heading=_("Held for review"),
        ),
        MultiFieldPanel(
            [FieldPanel("reject_words"), FieldPanel("reject_domains"), FieldPanel("close_after_days")],
            heading=_("Rejected"),
        ),
        MultiFieldPanel(
            [FieldPanel("house_rules"), FieldPanel("canned_replies")], heading=_("Moderators’ replies")
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("Discussion settings")
        verbose_name_plural = _("Discussion settings")

    def __str__(self) -> str:
        return str(_("Discussion settings"))

    @classmethod
    def for_page(cls, page: Page) -> DiscussionSettings:
        """Return the settings for the discussion of ``page``; one query for each page object."""
        if CACHE_ATTRIBUTE not in page.__dict__:
            parts = page.get_url_parts()
            settings_row = cls.objects.filter(site_id=parts[0]).first() if parts else None
            page.__dict__[CACHE_ATTRIBUTE] = settings_row or cls()
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
