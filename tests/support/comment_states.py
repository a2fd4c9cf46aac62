"""A discussion with every kind of comment, and every page of it that a link opens."""

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

def make_comment(text, *, page=post, **fields):
    guest = {"user_name": "Gil Guest", "user_email": "gil@example.org", "user_url": "https://example.org/"}
    fields = fields if "user" in fields else guest | fields
    comment = Comment(page=page, comment=text, **fields)
    comment.save()
    return comment

words = "# Not a heading\\n\\n> Quoted words.\\n\\n- one\\n- **two**\\n\\n`code` https://example.org/"
first = make_comment(words + "long" * 30)
first.pin()
first.mark_as_staff()
latest = first
for number in range(6):
    latest = make_comment(f"Deeper, {number}.", user=reader if number % 2 else None, user_name="Deep Diver",
                            user_email="deep@example.org", reply_to=latest)
for number in range(12):
    make_comment(f"Wider, {number}.", reply_to=first)
removed = make_comment("Unkind words.")
make_comment("An answer to them.", reply_to=removed)
removed.remove(rule=2)
deleted = make_comment("I regret this.", user=reader)
make_comment("Why?", reply_to=deleted)
deleted.delete_by_author()
own = make_comment("Mine, and edited.", user=reader)
own.edit("Mine, and edited twice.")
own.add_addendum("And added to.")
guests = make_comment("A guest's.")
unconfirmed = make_comment("Not yet said.", state=State.UNCONFIRMED)
held = make_comment("Held.", user=reader, state=State.WAITING)
Reaction.objects.toggle(first, reader)
follows = Subscription.objects.create(page=post, member=reader)
paper = Paper.objects.get(slug="building-capacity-in-small-districts")
about = {"anchor_edition": 1, "anchor_page": 1, "anchor_quote": "Some words of it."}
make_comment("About a page.", page=paper, **about)
ReadMarker.objects.mark_read(reader, post, timezone.now() - timedelta(days=9))
closed = comments.make_long_thread(3, slug=SLUG + "-closed")
type(closed).objects.filter(pk=closed.pk).update(comments_open=False)
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(reader)
discussion = f"/blog/{SLUG}/"
token = guest_links.guest_comment_url(guests)
public_pages = {
    "the discussion": discussion, "its second page": f"{discussion}?talk=2",
    "newest first": f"{discussion}?order=newest",
    "most useful first": f"{discussion}?order=useful",
    "an open thread": f"{discussion}?talk=1&thread={first.pk}", "the latest": "/discussion/",
    "a reply": f"/discussion/reply/{first.pk}/", "a quote": f"/discussion/reply/{first.pk}/?quote=1",
    "a report": f"/discussion/report/{first.pk}/", "gone": f"/discussion/comment/{removed.pk}/",
    "confirm": f"/discussion/confirm/{guest_links.confirm_token(unconfirmed)}/",
    "a spoilt link": "/discussion/confirm/x/",
    "a guest's own": token, "a guest's edit": f"{token}edit/", "a guest's delete": f"{token}delete/",
    "resend links": "/discussion/yours/", "sent": "/discussion/sent/", "waiting": "/discussion/waiting/",
    "an appeal": reverse("appeal", args=[actions.appeal_token(removed)]),
    "following": notification_emails.subscription_url(follows),
    "stop": notification_emails.unsubscribe_url([follows]),
    "remove by link": moderation_emails.action_url("remove", guests, reader),
    "spam by link": moderation_emails.action_url("mark_as_spam", guests, reader),
    "a passage": paper.get_url(), "a closed discussion": f"/blog/{SLUG}-closed/",
}
member_pages = {
    "the discussion, signed in": discussion, "edit": f"/discussion/edit/{own.pk}/",
    "delete": f"/discussion/delete/{own.pk}/",
    "follow": f"/discussion/follow/{post.pk}/", "own page": "/accounts/me/",
    "preferences": "/discussion/letters/",
    "reply, signed in": f"/discussion/reply/{first.pk}/",
}
without_host = lambda urls: {name: url.replace(settings.BASE_URL, "") for name, url in urls.items()}
print("FACTS" + json.dumps({
    "public_pages": without_host(public_pages), "member_pages": without_host(member_pages),
    "cookies": {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value},
}))
"""


def plant(site: RunningSite, *, slug: str = SLUG) -> dict[str, Any]:
    """Return the addresses of every page by its name: a stranger's, and a member's with their cookie.

    A site can have several such discussions, each with a ``slug`` and a member of its own.
    """
    return concurrency.run_script(site.environment, f"SLUG = {slug!r}\n{PLANT}")
