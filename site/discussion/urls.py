"""Addresses of the discussion."""

from __future__ import annotations

from django.urls import path

import public_forms.converters  # noqa: F401 - registers <id:…>
from discussion.editing import views as editing
from discussion.moderation import views as moderation
from discussion.notifications import views as notifications
from discussion.posting import guest_views, proof_of_work, sign_in_views
from discussion.posting import views as posting
from discussion.threads import views as threads
from discussion.threads.feeds import LatestFeed

urlpatterns = [
    path("", threads.latest, name="discussion"),
    path("feed/", LatestFeed(), name="discussion_feed"),
    path("comment/<id:pk>/", threads.comment, name="comment"),
    path("reply/<id:pk>/", posting.reply, name="reply"),
    path("reply/<id:pk>/form/", posting.reply_form, name="reply_form"),
    path("about/<id:pk>/", posting.comment_on_passage, name="comment_on_passage"),
    path("report/<id:pk>/", moderation.report, name="report_comment"),
    path("decide/<str:token>/", moderation.moderate_by_link, name="moderate_by_link"),
    path("appeal/<str:token>/", moderation.appeal, name="appeal"),
    path("post/", posting.post, name="post_comment"),
    path("proof/", proof_of_work.challenge, name="proof_of_work"),
    path("useful/<id:pk>/", threads.useful, name="comment_useful"),
    path("edit/<id:pk>/", editing.edit, name="edit_comment"),
    path("delete/<id:pk>/", editing.delete, name="delete_comment"),
    path("yours/", guest_views.resend_links, name="resend_guest_links"),
    path("yours/<str:token>/", editing.guest_comment, name="guest_comment"),
    path("yours/<str:token>/edit/", editing.guest_edit, name="guest_edit"),
    path("yours/<str:token>/delete/", editing.guest_delete, name="guest_delete"),
    path("follow/<id:pk>/", notifications.follow, name="follow_discussion"),
    path("following/<str:token>/", notifications.subscription_by_link, name="subscription_by_link"),
    path("stop/<str:token>/", notifications.unsubscribe, name="unsubscribe"),
    path("letters/", notifications.preferences, name="notification_preferences"),
    path("letters/<str:token>/", notifications.preferences_by_link, name="notification_preferences_by_link"),
    path("letters/<str:token>/stop/", notifications.unsubscribe_moderator, name="unsubscribe_moderator"),
    path("sent/", threads.sent, name="comment_sent"),
    path("waiting/", threads.waiting, name="comment_waiting"),
    path("confirm/<str:token>/", guest_views.confirm, name="confirm_comment"),
    path("sign-in/<slug:provider>/", sign_in_views.sign_in, name="discussion_sign_in"),
    path("sign-out/", sign_in_views.sign_out, name="discussion_sign_out"),
]
