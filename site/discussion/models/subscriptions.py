"""Who gets e-mail about which comments, how often, and what is still to be sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.models import User
from discussion.models.comment import Comment

if TYPE_CHECKING:
    from accounts.models import User


class Scope(models.TextChoices):
    PAGE = "page", _("every new comment on this page")
    REPLIES = "replies", _("replies to me only")


class Frequency(models.TextChoices):
    NOW = "now", _("right away")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")

    @property
    def pause(self) -> timedelta:
        """Return how long the first of several notices waits for the others."""
        return {"daily": timedelta(days=1), "weekly": timedelta(days=7)}.get(self.value, timedelta(0))


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def for_member(self, member: User) -> SubscriptionQuerySet:
        return self.filter(member=member).select_related("page").order_by("page__title", "pk")

    def for_member_and_addresses(self, member: User) -> SubscriptionQuerySet:
        """Keep what ``member`` follows, also as a guest under an address they have verified since."""
        return self.filter(Q(member=member) | Q(address__in=member.verified_emails)).select_related("page")

    def recipients_of(self, comment: Comment) -> SubscriptionQuerySet:
        """Keep who follows the comment's page, or is replied to by it; never its own author."""
        followers = self.filter(page_id=comment.page_id).exclude(frequency=Frequency.NEVER)
        parent, condition = comment.reply_to, Q(scope=Scope.PAGE)
        if parent is not None and parent.user_id is not None:
            condition |= Q(scope=Scope.REPLIES, member=parent.user_id)
        elif parent is not None and parent.user_email:
            condition |= Q(scope=Scope.REPLIES, address=parent.user_email.lower())
        if comment.user_id is not None:
            followers = followers.exclude(member=comment.user_id)
        elif comment.user_email:
            followers = followers.exclude(address=comment.user_email.lower())
        return followers.filter(condition).order_by("pk")

    def subscribe(self, page: Page, *, member: User | None = None, address: str = "", scope: Scope) -> None:
        """Follow ``page``; who does already keeps what they chose then."""
        self.get_or_create(page=page, member=member, address=address.lower(), defaults={"scope": scope})

    def drop_unused(self, page: Page, address: str) -> None:
        """Delete a guest's subscription to replies once no comment of theirs is left on ``page``."""
        comments = Comment.objects.filter(page_id=page.pk, user=None, user_email__iexact=address)
        if not comments.exists():
            self.filter(page_id=page.pk, address=address.lower(), scope=Scope.REPLIES).delete()


class Subscription(models.Model):
    """Somebody follows a discussion: a member, or a guest who confirmed ``address`` with a comment."""

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="subscriptions",
    )  # fmt: skip
    address = models.CharField(max_length=254, blank=True, editable=False)
    scope = models.CharField(_("get e-mail about"), max_length=8, choices=Scope.choices, default=Scope.PAGE)
    frequency = models.CharField(
        _("how often"), max_length=8, choices=Frequency.choices, default=Frequency.NOW
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("followed discussion")
        verbose_name_plural = _("followed discussions")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "member"], condition=Q(member__isnull=False), name="a_member_follows_once"
            ),
            models.UniqueConstraint(
                fields=["page", "address"], condition=~Q(address=""), name="an_address_follows_once"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, address="") | (Q(member__isnull=True) & ~Q(address="")),
                name="a_following_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        # Never the address: this goes into logs.
        return f"Subscription {self.pk}"

    @property
    def is_page_owner(self) -> bool:
        """Say whether it is that of the page's owner, who follows it unless they say otherwise."""
        return self.member_id is not None and self.page.owner_id == self.member_id

    def unsubscribe(self) -> None:
        """Follow no longer; an owner's choice is remembered."""
        if self.is_page_owner:
            self.frequency = Frequency.NEVER
            self.save(update_fields=["frequency"])
            self.pending.all().delete()
        else:
            self.delete()

    @property
    def recipient(self) -> str:
        """Return the address that e-mail goes to."""
        return self.member.email if self.member is not None else self.address


class PendingNotificationQuerySet(models.QuerySet["PendingNotification"]):
    def lock(self) -> PendingNotificationQuerySet:
        """Lock these until the transaction ends, and return them; whoever comes second finds none."""
        numbers = list(self.select_for_update().order_by("pk").values_list("pk", flat=True))
        return PendingNotification.objects.filter(pk__in=numbers)


class PendingNotification(models.Model):
    """A comment that somebody is still to be notified of, in the next digest: a follower or a moderator."""

    subscription = models.ForeignKey(
        Subscription, null=True, blank=True, on_delete=models.CASCADE, related_name="pending"
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PendingNotificationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("pending notification")
        verbose_name_plural = _("pending notifications")
        constraints = [
            models.UniqueConstraint(fields=["subscription", "comment"], name="told_of_once"),
            models.UniqueConstraint(fields=["moderator", "comment"], name="asked_about_once"),
            models.CheckConstraint(
                condition=Q(subscription__isnull=False) ^ Q(moderator__isnull=False),
                name="a_notice_is_somebodys",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="notices_by_age")]

    def __str__(self) -> str:
        return f"PendingNotification {self.pk}"


FREQUENCIES = [(one.value, one.label) for one in (Frequency.NOW, Frequency.DAILY, Frequency.NEVER)]


class NotificationPreferences(models.Model):
    """What one person gets e-mail about. Without a row: the queue at once, their own pages once a day."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="notification_preferences",
    )
    moderation_queue = models.CharField(
        _("when a comment waits for a moderator"),
        max_length=8,
        choices=FREQUENCIES,
        default=Frequency.NOW,
    )
    own_pages = models.CharField(
        _("when someone comments on one of your pages"),
        max_length=8, choices=FREQUENCIES, default=Frequency.DAILY,
    )  # fmt: skip

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("e-mail preferences")
        verbose_name_plural = _("e-mail preferences")

    def __str__(self) -> str:
        return f"NotificationPreferences {self.pk}"

    @classmethod
    def for_user(cls, member: User) -> NotificationPreferences:
        """Return the preferences of ``member``; unsaved defaults where they never chose."""
        return getattr(member, "notification_preferences", None) or cls(member=member)

    def save_and_apply(self) -> None:
        """Save, and let all pages this person owns follow suit."""
        self.save()
        own = Subscription.objects.filter(member=self.member_id, page__owner=self.member_id)
        own.update(frequency=self.own_pages)
        if self.moderation_queue == Frequency.NEVER:
            PendingNotification.objects.filter(moderator=self.member_id).delete()


def owns_pages(member: User) -> bool:
    return Page.objects.filter(owner=member).exists()
