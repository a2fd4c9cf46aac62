"""Moderators, discussion settings and e-mails, as tests of moderation need them."""

from __future__ import annotations

import re

from django.contrib.auth.models import Group
from wagtail.models import ModelLogEntry, Site

from discussion.models import DiscussionSettings, NotificationPreferences, State
from discussion.moderation.emails import notify_moderators
from discussion.permissions import grant_moderation
from mail.models import QueuedEmail
from tests.support.comments import make_comment
from tests.support.factories import make_user

ADMIN = "/admin/discussion/"
PREFERENCES = "/discussion/letters/"
JOAN = "joan@example.org"


def make_moderator(**fields):
    grant_moderation()
    user = make_user(name="Mo Derator", **fields)
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def make_rules(**fields):
    """Change the discussion settings of the one site there is."""
    return DiscussionSettings.objects.update_or_create(site=Site.objects.get(), defaults=fields)[0]


def emails_to(address):
    return list(QueuedEmail.objects.filter(to=address).order_by("pk"))


def paths_in(email, section):
    """Return the addresses in an e-mail that lead to /discussion/``section``/, without the host."""
    return re.findall(rf"http://127\.0\.0\.1:8000(/discussion/{section}/\S+)", email.text)


def inspect_path(comment):
    return f"{ADMIN}inspect/{comment.pk}/"


def act(client, action, comment, **fields):
    """Press the button of ``action`` where a moderator inspects ``comment``."""
    return client.post(f"{ADMIN}act/{comment.pk}/{action}/", fields)


def logged_actions():
    return list(ModelLogEntry.objects.values_list("action", flat=True))


def make_preferences(member, **chosen):
    return NotificationPreferences.objects.create(member=member, **chosen)


def make_waiting(**fields):
    """Make a comment that waits, of which moderators are told."""
    comment = make_comment(state=State.WAITING, **fields)
    notify_moderators(comment)
    return comment


def preference_paths(email):
    """Return the addresses in a moderator's e-mail: of the preferences, and to unsubscribe."""
    return re.findall(rf"http://127\.0\.0\.1:8000({PREFERENCES}\S+)", email.text)


def make_staff(group):
    grant_moderation()
    user = make_user(name="Mo Derator")
    user.groups.add(Group.objects.get(name=group))
    return user


def action_url(name, *comments):
    query = "&".join(f"id={comment.pk}" for comment in comments)
    return f"/admin/bulk/discussion/comment/{name}/?{query}&next={ADMIN}"


def report(client, comment, **fields):
    return client.post(f"/discussion/report/{comment.pk}/", {"rule": 2, **fields})


def report_as_member(client, comment, **fields):
    client.force_login(make_user())
    return report(client, comment, **fields)


def appeal_path(email):
    return paths_in(email, "appeal")[0]
