"""A talk that holds every kind of comment there is, and every page of the discussion that a link opens."""

from __future__ import annotations

from typing import Any

from tests.support import concurrency
from tests.support.sites import RunningSite

SLUG = "said-in-every-way"

# Runs inside the site.
PLANT = """
import json
from datetime import timedelta
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from accounts.models import User
from demo import comments
from discussion.moderation import actions
from discussion.moderation import emails as moderation_emails
from discussion.notifications import emails as notification_emails
from discussion.posting import guest_links
from public_forms import signed_links
from discussion.permissions import grant_moderation
from discussion.models import Comment, Subscription, State, Reaction, ReadMarker
from papers.models import Paper

post = comments.make_long_thread(130, slug=SLUG)
reader = User.objects.create_user(f"{SLUG}@example.org", name="Evelyn Kind", role="Principal")
grant_moderation()
reader.groups.add(Group.objects.get(name="Moderators"))

def say(text, *, page=post, **fields):
    guest = {"user_name": "Gil Guest", "user_email": "gil@example.org", "user_url": "https://example.org/"}
    fields = fields if "user" in fields else guest | fields
    comment = Comment(page=page, comment=text, **fields)
    comment.save()
    return comment

words = "# Not a heading\\n\\n> Quoted words.\\n\\n- one\\n- **two**\\n\\n`code` https://example.org/"
first = say(words + "long" * 30)
first.pin()
first.mark_as_staff()
said = first
for number in range(6):
    said = say(f"Deeper, {number}.", user=reader if number % 2 else None, user_name="Deep Diver",
               user_email="deep@example.org", reply_to=said)
for number in range(12):
    say(f"Wider, {number}.", reply_to=first)
removed = say("Unkind words.")
say("An answer to them.", reply_to=removed)
removed.remove(rule=2)
deleted = say("I regret this.", user=reader)
say("Why?", reply_to=deleted)
deleted.delete_by_author()
own = say("Mine, and edited.", user=reader)
own.edit("Mine, and edited twice.")
own.add_addendum("And added to.")
guests = say("A guest's.")
unconfirmed = say("Not yet said.", state=State.UNCONFIRMED)
held = say("Held.", user=reader, state=State.WAITING)
Reaction.objects.toggle(first, reader)
follows = Subscription.objects.create(page=post, member=reader)
paper = Paper.objects.get(slug="building-capacity-in-small-districts")
about = {"anchor_edition": 1, "anchor_page": 1, "anchor_quote": "Some words of it."}
say("About a page.", page=paper, **about)
ReadMarker.objects.mark_read(reader, post, timezone.now() - timedelta(days=9))
closed = comments.make_long_thread(3, slug=SLUG + "-closed")
type(closed).objects.filter(pk=closed.pk).update(comments_open=False)
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(reader)
talk = f"/blog/{SLUG}/"
token = guest_links.guest_comment_url(guests)
doors = {
    "the talk": talk, "its second sheet": f"{talk}?talk=2", "newest first": f"{talk}?order=newest",
    "most useful first": f"{talk}?order=useful",
    "an open thread": f"{talk}?talk=1&thread={first.pk}", "the latest": "/discussion/",
    "a reply": f"/discussion/reply/{first.pk}/", "a quote": f"/discussion/reply/{first.pk}/?quote=1",
    "a report": f"/discussion/report/{first.pk}/", "gone": f"/discussion/comment/{removed.pk}/",
    "confirm": f"/discussion/confirm/{guest_links.confirm_token(unconfirmed)}/",
    "a spoilt link": "/discussion/confirm/x/",
    "a guest's own": token, "a guest's edit": f"{token}edit/", "a guest's delete": f"{token}delete/",
    "links again": "/discussion/yours/", "sent": "/discussion/sent/", "waiting": "/discussion/waiting/",
    "an appeal": reverse("appeal", args=[actions.appeal_token(removed)]),
    "following": notification_emails.subscription_url(follows),
    "stop": notification_emails.unsubscribe_url([follows]),
    "remove by letter": moderation_emails.action_url("remove", guests, reader),
    "spam by letter": moderation_emails.action_url("mark_as_spam", guests, reader),
    "a passage": paper.get_url(), "a closed talk": f"/blog/{SLUG}-closed/",
}
members = {
    "the talk, signed in": talk, "edit": f"/discussion/edit/{own.pk}/",
    "delete": f"/discussion/delete/{own.pk}/",
    "follow": f"/discussion/follow/{post.pk}/", "own page": "/accounts/me/", "wishes": "/discussion/letters/",
    "reply, signed in": f"/discussion/reply/{first.pk}/",
}
cut = lambda found: {name: door.replace(settings.BASE_URL, "") for name, door in found.items()}
print("FACTS" + json.dumps({
    "doors": cut(doors), "members": cut(members),
    "cookies": {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value},
}))
"""


def plant(site: RunningSite, *, slug: str = SLUG) -> dict[str, Any]:
    """Return the addresses of every page by its name: a stranger's, and a member's with their cookie.

    A site can have several such talks, each with a ``slug`` and a member of its own.
    """
    return concurrency.ask(site.environment, f"SLUG = {slug!r}\n{PLANT}")
