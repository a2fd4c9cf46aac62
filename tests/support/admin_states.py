"""One of everything that the admin parts of ours can show, and the addresses where they show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Page

from tests.support import concurrency
from tests.support.sites import RunningSite

# Runs inside the site. What a list shows is made with a word of its own in it, so that it can be made again.
PLANT = """
import json
from datetime import date
from pathlib import Path
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files import File
from django.test import Client
from django.utils import timezone
from accounts.models import AccountEvent, Affiliation, Organisation, User
from accounts.models.organisations import Domain
from demo import comments, content
from discussion.models import Appeal, Ban, Comment, DiscussionSettings, ModeratorNote, Report, State
from discussion.moderation import actions
from mail.models import SuppressedAddress
from papers.accessibility.models import AccessibilityReport, AccessibilityReview
from papers.intake.forms import create_document
from papers.intake.tasks import read_file
from papers.models import CopyRequest, Edition, FormatRequest, Paper
from papers.pdf.accessibility.check import IssueCode
from publishing.models import Author, SiteDocument, Topic
from wagtail.models import Page, Site

admin = User.objects.get(email="admin@example.org")
person = User.objects.create_user(f"{SLUG}@example.org", name="Penelope Person", role="Principal")
AccountEvent.objects.all().delete()
DiscussionSettings.for_site(Site.objects.get())
post = comments.make_long_thread(3, slug=SLUG)

def say(text, **fields):
    guest = {} if "user" in fields else {"user_name": "Gil Guest", "user_email": f"gil.{SLUG}@example.org"}
    comment = Comment(page=post, comment=text, **guest, **fields)
    comment.save()
    return comment

waiting = say("Waits.", state=State.WAITING, hold_reason="words")
reported = say("Reported.", user=person)
Report.objects.create(comment=reported, rule=1, text="Unkind.", by=admin)
Report.objects.create(comment=reported, rule=0)
appealed = say("Appealed.", user=person)
actions.apply_action(appealed, "remove", by=admin, rule=2, text="It names a student.")
Appeal.objects.create(comment=appealed, text="It does not.")
spam = say("Spam.")
actions.apply_action(spam, "mark_as_spam", by=admin)
ModeratorNote.objects.create(comment=waiting, by=admin, text="Wait for the chair.")
ban = actions.ban(kind=Ban.Kind.REFUSE, days=7, by=admin, address=waiting.user_email, comment=waiting)
SuppressedAddress.objects.get_or_create(address=f"{SLUG}@bounces.example", reason="bounced")
organisation = Organisation.objects.create(name=f"District {SLUG}")
Domain.objects.create(organisation=organisation, name=f"{SLUG}.k12.example")
affiliation = Affiliation.objects.create(user=person, organisation=organisation)

paper = Paper.objects.get(slug="sharing-the-bus")
edition = paper.editions.order_by("number").first()
with (content.FOLDER / "papers" / "counting-agencies-1.pdf").open("rb") as file:
    document = create_document(File(file, name=f"{SLUG}.pdf"), title="A draft")
read_file.func(document.pk)
draft = Edition.objects.create(paper=paper, document=document)
AccessibilityReport.objects.filter(record=draft.record).update(
    issues=[{"code": str(code), "page": number, "detail": "Φ1"} for code in IssueCode for number in (1, 2)],
    counts={str(code): 2 for code in IssueCode},
)
AccessibilityReview.objects.get_or_create(
    edition=draft, outcome="known-problems", fix_by=date(2020, 1, 1), reason="Its tables.",
    defaults={"sha256": draft.record.sha256, "decided_by_name": "Ed Itor"},
)
asked = {"edition": edition, "name": "Rhea Reader", "email": f"rhea.{SLUG}@example.org"}
request = FormatRequest.objects.create(need="Large print.", **asked)
answered = FormatRequest.objects.create(need="Braille.", **asked)
answered.resolve("Here it is.", user=admin)
CopyRequest.objects.create(purpose="A seminar.", **asked)
CopyRequest.objects.create(**asked | {"email": f"rob.{SLUG}@example.org"}).resolve("granted", user=admin)
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(admin)
print("FACTS" + json.dumps({
    "cookies": {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value},
    "ids": {
        "post": post.pk, "paper": paper.pk, "draft": draft.number, "edition": edition.number,
        "waiting": waiting.pk, "reported": reported.pk, "appealed": appealed.pk, "spam": spam.pk,
        "ban": ban.pk, "organisation": organisation.pk, "affiliation": affiliation.pk, "person": person.pk,
        "request": request.pk, "answered": answered.pk, "document": document.pk,
        "suppressed": SuppressedAddress.objects.latest("pk").pk,
        "author": Author.objects.first().pk, "topic": Topic.objects.first().pk,
        "group": Group.objects.get(name="Editors").pk,
        "home": Page.objects.get(slug="home").pk, "about": Page.objects.get(slug="about").pk,
        "blog": Page.objects.get(slug="blog").pk, "papers": Page.objects.get(slug="papers").pk,
    },
    "slugs": list(Topic.objects.values_list("slug", flat=True)),
}))
"""
PLACES = [
    "", "discussion/", "discussion/?queue=waiting", "discussion/?queue=reported",
    "discussion/?queue=held&state=waiting&age=day", "discussion/inspect/{waiting}/",
    "discussion/inspect/{reported}/", "discussion/inspect/{appealed}/", "discussion/inspect/{spam}/",
    "discussion/history/{appealed}/", "discussion-bans/", "discussion-bans/new/",
    "discussion-bans/delete/{ban}/", "discussion-bans/history/{ban}/", "reports/discussion/",
    "suppressed-addresses/", "suppressed-addresses/new/", "suppressed-addresses/edit/{suppressed}/",
    "suppressed-addresses/delete/{suppressed}/", "suppressed-addresses/history/{suppressed}/",
    "voices/", "voices/edit/{affiliation}/", "voices/history/{affiliation}/", "account-events/",
    "settings/discussion/discussionsettings/", "users/", "users/new/", "users/edit/{person}/",
    "users/delete/{person}/", "users/history/{person}/", "groups/new/",
    "groups/edit/{group}/", "groups/delete/{group}/",
    "documents/", "documents/add/", "documents/edit/{document}/", "documents/delete/{document}/",
    "documents/usage/{document}/", "images/", "images/add/",
    "reports/files-at-the-gate/", "papers/downloads/", "papers/copies/", "papers/requests/",
    "papers/requests/{request}/", "papers/requests/{answered}/", "papers/files/{document}/",
    "papers/{paper}/editions/", "papers/{paper}/editions/{draft}/publish/",
    "papers/{paper}/editions/{edition}/withdraw/", "papers/{paper}/editions/{draft}/edit/",
    "papers/{paper}/editions/{draft}/delete/", "papers/{paper}/editions/{draft}/gate/",
    "papers/{paper}/editions/{edition}/gate/", "pages/{paper}/edit/", "pages/{post}/edit/",
    "pages/{home}/edit/", "pages/{about}/edit/", "pages/{blog}/edit/", "pages/{papers}/edit/",
    "pages/{paper}/history/", "pages/{paper}/delete/", "pages/add/blog/post/{blog}/",
    "pages/add/papers/paper/{papers}/", "pages/add/home/contentpage/{home}/", "pages/{papers}/",
]  # fmt: skip
SNIPPETS = {
    "accounts/organisation": "organisation", "publishing/author": "author", "publishing/topic": "topic",
}  # fmt: skip
VIEWS_OF_SNIPPETS = ["edit", "delete", "usage", "history", "copy"]
# Forms that are sent as they are: most lack something, the others do something.
FORMS = [
    "discussion/inspect/{appealed}/", "discussion-bans/new/", "suppressed-addresses/new/",
    "voices/edit/{affiliation}/", "snippets/accounts/organisation/add/", "snippets/publishing/author/add/",
    "snippets/publishing/topic/add/", "users/new/", "papers/requests/{request}/",
    "papers/{paper}/editions/{edition}/withdraw/", "papers/{paper}/editions/{draft}/gate/",
    "papers/{paper}/editions/{draft}/edit/", "papers/{paper}/editions/{draft}/delete/",
    "pages/add/blog/post/{blog}/", "pages/add/papers/paper/{papers}/",
]  # fmt: skip
BULK_ACTIONS = [
    "approve", "keep", "hold", "remove", "mark_as_spam", "restore", "pin", "unpin", "mark_as_staff",
    "unmark_as_staff",
]  # fmt: skip


POSTED = "main form[method=post i]:not([hidden])"


def plant(site: RunningSite, *, slug: str) -> dict[str, Any]:
    """Return the administrator's cookie, and the ids that PLACES take."""
    return concurrency.run_script(site.environment, f"SLUG = {slug!r}\n{PLANT}")


def addresses(ids: Mapping[str, int]) -> list[str]:
    """Return every address of the admin that ours has a part in."""
    both = f"?id={ids['waiting']}&id={ids['spam']}&next=/admin/discussion/"
    places = [place.format_map(ids) for place in PLACES]
    places += [f"bulk/discussion/comment/{action}/{both}" for action in BULK_ACTIONS]
    for model, key in SNIPPETS.items():
        places += [f"snippets/{model}/", f"snippets/{model}/add/"]
        places += [f"snippets/{model}/{view}/{ids[key]}/" for view in VIEWS_OF_SNIPPETS]
    return [f"/admin/{place}" for place in places]


def sending(page: Page, site: RunningSite, ids: Mapping[str, int]) -> Iterator[str]:
    """Send the forms of the admin; each stop is yielded once the answer is there."""
    for place in FORMS:
        address = f"{site.url}/admin/{place.format_map(ids)}"
        page.goto(address)
        number = 0
        while number < page.locator(POSTED).count():  # there may be fewer once one was sent
            form = page.locator(POSTED).nth(number)
            with page.expect_navigation():
                form.evaluate("form => { form.noValidate = true; form.submit(); }")
            number += 1
            yield f"{place}, form {number}"
            page.goto(address)
    page.goto(
        f"{site.url}/admin/bulk/discussion/comment/approve/?id={ids['waiting']}&next=/admin/discussion/"
    )
    with page.expect_navigation():
        page.get_by_role("main").locator("form[method=post] [type=submit]").first.click()
    yield "an approved comment"
