"""Addresses of the discussion."""

from __future__ import annotations

from django.urls import path

from discussion.feeds import LatestFeed
from discussion.views import (
    appealing,
    confirming,
    deciding,
    following,
    links_again,
    posting,
    proving,
    reacting,
    reading,
    replying,
    reporting,
    rewriting,
    signing,
    wishing,
    writing,
)  # fmt: skip

urlpatterns = [
    path("", reading.latest, name="discussion"),
    path("feed/", LatestFeed(), name="discussion_feed"),
    path("comment/<int:pk>/", reading.comment, name="comment"),
    path("reply/<int:pk>/", replying.reply, name="reply"),
    path("reply/<int:pk>/form/", replying.reply_form, name="reply_form"),
    path("about/<int:pk>/", writing.about, name="comment_about"),
    path("report/<int:pk>/", reporting.report, name="report_comment"),
    path("decide/<str:token>/", deciding.decide, name="decide"),
    path("appeal/<str:token>/", appealing.appeal, name="appeal"),
    path("post/", posting.post, name="post_comment"),
    path("proof/", proving.challenge, name="proof_of_work"),
    path("useful/<int:pk>/", reacting.useful, name="comment_useful"),
    path("edit/<int:pk>/", rewriting.edit, name="edit_comment"),
    path("delete/<int:pk>/", rewriting.delete, name="delete_comment"),
    path("yours/", links_again.again, name="links_again"),
    path("yours/<str:token>/", rewriting.own, name="own_comment"),
    path("yours/<str:token>/edit/", rewriting.edit_by_link, name="edit_by_link"),
    path("yours/<str:token>/delete/", rewriting.delete_by_link, name="delete_by_link"),
    path("follow/<int:pk>/", following.follow, name="follow_discussion"),
    path("following/<str:token>/", following.change, name="change_following"),
    path("stop/<str:token>/", following.stop, name="stop_following"),
    path("letters/", wishing.wishes, name="discussion_wishes"),
    path("letters/<str:token>/", wishing.by_letter, name="wishes_by_letter"),
    path("letters/<str:token>/stop/", wishing.stop, name="stop_asking"),
    path("sent/", reading.sent, name="comment_sent"),
    path("waiting/", reading.waiting, name="comment_waiting"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm_comment"),
    path("sign-in/<slug:provider>/", signing.sign_in, name="discussion_sign_in"),
    path("sign-out/", signing.sign_out, name="discussion_sign_out"),
]
