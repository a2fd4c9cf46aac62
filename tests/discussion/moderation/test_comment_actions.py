"""The other actions of the inspect view: logged with the moderator's name, with saved replies at hand."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import ModelLogEntry

from tests.support.comments import make_comment, visible_text
from tests.support.moderation import ADMIN
from tests.support.page_versions import bumped_discussions, forget_bumps

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("note", {"words": "Seen."}),
        ("ban", {"kind": "read", "days": 7}),
        ("lock", {}),
        ("unlock", {}),
        ("close", {}),
        ("open", {}),
    ],
)
def test_every_action_is_in_the_log_with_who_did_it(client, mo, what, fields):
    comment = make_comment()
    client.force_login(mo)

    client.post(f"{ADMIN}act/{comment.pk}/{what}/", fields)

    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.object_id) == (f"discussion.{what}", mo, str(comment.pk))
    assert "No actions yet." not in visible_text(client.get(f"{ADMIN}inspect/{comment.pk}/"))


@pytest.mark.parametrize("action", ["lock", "unlock"])
def test_readers_see_at_once_that_a_thread_is_locked_or_unlocked(client, mo, action):
    comment = make_comment()
    client.force_login(mo)
    forget_bumps()

    client.post(f"{ADMIN}act/{comment.pk}/{action}/")

    assert bumped_discussions() == [f"discussion/{comment.page_id}"]


def test_a_removal_is_in_the_log_with_its_rule(client, mo):
    comment = make_comment()
    client.force_login(mo)

    client.post(f"/admin/bulk/discussion/comment/remove/?id={comment.pk}", {"rule": 3, "words": ""})

    entry = ModelLogEntry.objects.get()
    assert (entry.user, entry.data["rule"]) == (mo, 3)
    shown = visible_text(client.get(f"{ADMIN}inspect/{comment.pk}/"))
    assert "Comment removed (3. No student information), Mo Derator" in shown


@pytest.mark.parametrize("number", ["abc", "999999", "9" * 30, "-1"])
def test_a_inspect_view_of_nothing_is_not_found(client, mo, number):
    client.force_login(mo)

    nowhere = (HTTPStatus.FOUND, HTTPStatus.NOT_FOUND)

    assert client.get(f"{ADMIN}inspect/{number}/").status_code in nowhere
    assert client.post(f"{ADMIN}act/{number}/lock/").status_code in nowhere
