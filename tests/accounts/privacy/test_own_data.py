"""The export tells all that any room knows of a person, and the erasure leaves nothing of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from accounts import audit
from accounts.models import AccountEvent, Affiliation, DeletionRequest, Organisation, User
from accounts.privacy import registry
from discussion.models import (
    Appeal,
    Ban,
    Comment,
    NotificationPreferences,
    Reaction,
    ReadMarker,
    Report,
    Subscription,
)
from discussion.models.moderation import hash_address
from mail import queue
from mail.models import QueuedEmail, SuppressedAddress
from papers.models import CopyRequest, FormatRequest
from papers.reader_requests import actions
from tests.support import two_step
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_post, make_user
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db
GRACE, AT_WORK = "grace.heron@example.org", "Grace@Northern.example"
Make = Callable[[User], object]


def make_affiliation(user: User) -> None:
    organisation = Organisation.objects.create(name="Northern District")
    Affiliation.objects.create(user=user, organisation=organisation, email="grace@northern.example")


def make_format_request(user: User) -> None:
    fields = {"name": "G. Heron", "email": AT_WORK.upper(), "need": "Large print, please."}
    FormatRequest.objects.create(edition=make_edition(), **fields)


# What makes a row of each model, and a word of it that the export tells.
TOLD: dict[str, tuple[Make, str]] = {
    "accounts.User": (lambda user: None, GRACE),
    "accounts.Affiliation": (make_affiliation, "Northern District"),
    "accounts.DeletionRequest": (
        lambda user: DeletionRequest.objects.create(user=user),
        "deletion requested",
    ),
    "accounts.AccountEvent": (
        lambda user: audit.record(AccountEvent.Action.PERMISSIONS, person=user, details="note"),
        "note",
    ),
    "account.EmailAddress": (lambda user: None, AT_WORK),
    "socialaccount.SocialAccount": (
        lambda user: SocialAccount.objects.create(user=user, provider="google", uid="90210"), "90210",
    ),
    "mfa.Authenticator": (two_step.add_passkey, "webauthn"),
    "usersessions.UserSession": (
        lambda user: UserSession.objects.create(
            user=user, ip="203.0.113.9", user_agent="Lynx", session_key="s"
        ), "Lynx",
    ),
    "mail.QueuedEmail": (lambda user: queue.enqueue(to=user.email, subject="A digest", text=""), "A digest"),
    "discussion.Comment": (lambda user: make_comment(by=user, text="A nurse for two."), "A nurse for two."),
    "discussion.Subscription": (
        lambda user: Subscription.objects.create(page=make_post(title="Buses"), member=user), "Buses",
    ),
    "discussion.Reaction": (
        lambda user: Reaction.objects.create(comment=make_comment(), member=user), "/discussion/comment/",
    ),
    "discussion.Report": (
        lambda user: Report.objects.create(comment=make_comment(), by=user, text="Rude."), "Rude.",
    ),
    "discussion.Appeal": (
        lambda user: Appeal.objects.create(comment=make_comment(by=user), text="Unfair."), "Unfair.",
    ),
    "discussion.Ban": (lambda user: Ban.objects.create(user=user, kind="read"), '"kind": "read"'),
    "discussion.ReadMarker": (
        lambda user: ReadMarker.objects.create(
            page=make_post(title="Seen"), member=user, last_read_at=timezone.now()
        ), "Seen",
    ),
    "discussion.NotificationPreferences": (
        lambda user: NotificationPreferences.objects.create(member=user, own_pages="never"),
        '"own pages": "never"',
    ),
    "papers.FormatRequest": (make_format_request, "Large print, please."),
    "papers.CopyRequest": (
        lambda user: actions.request_copy(make_edition(), name="Grace", email=GRACE, purpose="A lesson."),
        "A lesson.",
    ),
}  # fmt: skip
GUESTS: dict[str, tuple[Make, str]] = {
    "discussion.Comment": (lambda user: make_guest_comment(email=AT_WORK, text="As a guest."), "As a guest."),
    "discussion.Subscription": (
        lambda user: Subscription.objects.create(
            page=make_post(title="Pools"), address="grace@northern.example"
        ), "Pools",
    ),
}  # fmt: skip

# What the export leaves out, and why.
AT_WORK_HERE = "what the staff did with pages and files; the pages stay, the link to the person goes"
LEFT_OUT = {
    "accounts.User_groups": "rights are told as events",
    "accounts.User_user_permissions": "rights are told as events",
    "account.EmailConfirmation": "addresses are proven by codes, which live in sessions",
    "discussion.PendingNotification": "comments somebody is still to be told of; gone once they are told",
    "discussion.ModeratorNote": "what moderators told each other",
    "django_comments.Comment": "an unused parent of our comments",
    "django_comments_xtd.XtdComment": "the parent of our comments, told with them",
    "django_comments.CommentFlag": "not used; reports and useful marks are ours",
    "mail.SuppressedAddress": "kept for the one purpose of never writing there again",
    "papers.AccessibilityReview": AT_WORK_HERE,
    "wagtailusers.UserProfile": "settings of the admin",
    **dict.fromkeys(
        ["home.HomePage", "home.ContentPage", "blog.PostIndex", "blog.Post",
         "papers.PaperIndex", "papers.Paper", "publishing.SiteImage", "publishing.SiteDocument"],
        AT_WORK_HERE,
    ),
}  # fmt: skip
ADDRESSES = {"email", "user_email", "email_address", "to", "address", "ip", "ip_address"}


def knows_people(model: type[models.Model]) -> bool:
    """Whether a row can be about somebody: it points to an account, or holds an address."""
    fields = model._meta.get_fields()
    points = any(one.related_model is User and one.concrete for one in fields if one.is_relation)
    writable = {
        one.name for one in fields if isinstance(one, models.CharField | models.GenericIPAddressField)
    }
    kinds = any(isinstance(one, models.EmailField) for one in fields)
    return points or kinds or bool(writable & ADDRESSES)


def all_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if knows_people(model)]


def make_grace() -> User:
    user = make_user(name="Grace Heron", email=GRACE)
    for address in (GRACE, AT_WORK):
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=address == GRACE)
    return user


def export(user: User) -> str:
    return json.dumps(registry.export(user), cls=DjangoJSONEncoder, ensure_ascii=False)


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label)
def test_nothing_that_knows_people_is_overlooked(model):
    wagtails_own = model._meta.app_label.startswith("wagtail")

    assert model._meta.label in TOLD or model._meta.label in LEFT_OUT or wagtails_own, (
        "This model links to people or holds an address. Let its room enter an export_part and an "
        "eraser in accounts.privacy.registry, and name it in TOLD; or say in LEFT_OUT why not."
    )


@pytest.mark.parametrize("label", TOLD)
def test_the_export_tells_it_to_its_owner_alone(label):
    make, word = TOLD[label]
    grace = make_grace()
    make(grace)

    assert word in export(grace)
    if word != "deletion requested":
        assert word not in export(make_user())


@pytest.mark.parametrize("label", GUESTS)
def test_the_export_tells_what_was_done_as_a_guest_under_a_proven_address(label):
    make, word = GUESTS[label]
    grace = make_grace()
    make(grace)

    assert word in export(grace)
    EmailAddress.objects.filter(email=AT_WORK).update(verified=False)
    assert word not in export(grace)


def test_the_erasure_leaves_nothing_anywhere(run_on_commit):
    grace = make_grace()
    for make, _word in [*TOLD.values(), *GUESTS.values()]:
        make(grace)
    number = grace.pk

    with run_on_commit():
        registry.erase(grace)

    QueuedEmail.objects.filter(subject="Your account has been deleted").delete()
    assert traces_of(number) == []


def traces_of(number: int) -> list[str]:
    """Return where any row of any table still points to the account or names the person."""
    traces = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.order_by().values():
            links = [one.attname for one in model._meta.concrete_fields if one.related_model is User]
            if any(row[name] == number for name in links):
                traces.append(f"{model._meta.label} points to the account")
            words = json.dumps(row, cls=DjangoJSONEncoder, default=str).lower()
            if any(word in words for word in ("grace", "heron", "northern.example")):
                traces.append(f"{model._meta.label} says {words}")
    return traces


def test_what_must_outlast_the_account_is_said_before_and_names_nobody_else():
    grace = make_grace()
    SuppressedAddress.objects.suppress(GRACE, SuppressedAddress.Reason.UNSUBSCRIBED)
    Ban.objects.create(user=grace, kind="refuse", address_hash=hash_address(GRACE))

    registry.erase(grace)

    assert SuppressedAddress.objects.is_suppressed(GRACE)
    assert not QueuedEmail.objects.filter(to=GRACE).exists()
    [ban] = Ban.objects.all()
    assert ban.user is None
    assert "grace" not in ban.address_hash


def test_strangers_keep_what_is_theirs():
    grace, other = make_grace(), make_user(email="other@example.net")
    comment = make_comment(by=other, text="Mine.")
    Subscription.objects.create(page=comment.page, address="other@example.net")
    CopyRequest.objects.create(edition=make_edition(), name="O", email="other@example.net")

    registry.erase(grace)

    comment.refresh_from_db()
    assert comment.comment == "Mine."
    assert Subscription.objects.exists()
    assert CopyRequest.objects.exists()


def test_an_address_somebody_only_claims_erases_nothing():
    make_guest_comment(email="victim@example.net", text="The victim's.")
    thief = make_user()
    EmailAddress.objects.create(user=thief, email="victim@example.net", verified=False)

    registry.erase(thief)

    assert Comment.objects.get().comment == "The victim's."


def test_it_bears_being_asked_for_before_the_wait_is_over():
    grace = make_grace()
    DeletionRequest.objects.create(user=grace, due_at=timezone.now() + timedelta(days=7))

    assert "deletion requested" in export(grace)
