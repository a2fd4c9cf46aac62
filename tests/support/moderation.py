"""Moderators, discussion settings and e-mails, as tests of moderation need them."""

from __future__ import annotations

import re

from django.contrib.auth.models import Group
from wagtail.models import Site

from discussion.models import DiscussionSettings
from discussion.permissions import grant_moderation
from mail.models import QueuedEmail
from tests.support.factories import make_user


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
