"""The discussion room, and what it asks of the package whose tables it uses."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionConfig(AppConfig):
    name = "discussion"
    verbose_name = _("Discussion")

    def ready(self) -> None:
        from django_comments_xtd import models as xtd

        # On every save it would rewrite the earlier rows of a thread and let their counts drift.
        # Our rooms are ready before the package, which connects whatever bears this name.
        xtd.publish_or_unpublish_on_pre_save = leave_threads_alone

        from django_comments.signals import comment_was_posted, comment_will_be_posted

        from discussion import privacy  # noqa: F401 - registers what it exports and erases
        from discussion.moderation.emails import on_comment_was_posted
        from discussion.posting import screening
        from discussion.threads import integrity  # noqa: F401 - repairs threads when a row is deleted

        comment_will_be_posted.connect(screening.on_comment_will_be_posted, dispatch_uid="discussion.rules")
        comment_was_posted.connect(on_comment_was_posted, dispatch_uid="discussion.asking")


def leave_threads_alone(**signal: object) -> None:
    """Do nothing before a comment is saved: Comment.save() keeps threads itself."""
