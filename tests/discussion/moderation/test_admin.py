"""The moderation queue in the Wagtail admin."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group

from discussion.models import Comment, State
from tests.support.comments import make_comment, make_guest_comment, queries_of, visible_text
from tests.support.factories import make_user
from tests.support.moderation import ADMIN, action_url

pytestmark = pytest.mark.django_db


def test_nobody_else_sees_the_queue_or_does_anything_there(client):
    comment = make_comment()
    outsider = make_user()
    outsider.groups.add(Group.objects.create(name="Librarians"))
    from django.contrib.auth.models import Permission

    outsider.user_permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    client.force_login(outsider)

    for address in (ADMIN, f"{ADMIN}inspect/{comment.pk}/", action_url("remove", comment)):
        assert client.get(address).status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN)
    client.post(action_url("remove", comment), {"rule": 1})
    client.post(action_url("mark_as_spam", comment))

    assert Comment.objects.get().state == State.PUBLISHED
    assert b'"label": "Discussion"' not in client.get("/admin/").content


def test_the_queue_lists_filters_and_searches(moderator):
    shown = make_comment(text="About buses.")
    held = make_comment(text="About nurses.", state=State.WAITING)

    everything = visible_text(moderator.get(ADMIN))
    waiting = visible_text(moderator.get(f"{ADMIN}?state=waiting"))
    on_page = visible_text(moderator.get(f"{ADMIN}?page={shown.page_id}"))
    results = visible_text(moderator.get(f"{ADMIN}?q=buses"))

    assert "About buses." in everything
    assert "About nurses." in everything
    assert "About buses." not in waiting
    assert "About nurses." in waiting
    assert "About nurses." not in on_page
    assert "About nurses." not in results
    assert "About buses." in results
    assert held.pk


def test_the_list_costs_no_more_queries_with_more_comments(moderator, django_assert_max_num_queries):
    for _ in range(3):
        make_comment()
    moderator.get(ADMIN)

    few = len(queries_of(lambda: moderator.get(ADMIN)))
    for _ in range(15):
        make_comment()

    assert len(queries_of(lambda: moderator.get(ADMIN))) <= few


def test_addresses_are_shown_to_moderators_on_the_comments_own_inspect_view_only(moderator):
    comment = make_guest_comment(email="grace@example.org")

    assert b"grace@example.org" not in moderator.get(ADMIN).content
    assert b"grace@example.org" in moderator.get(f"{ADMIN}inspect/{comment.pk}/").content


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_writes_edits_or_deletes_at_the_queue(client, path):
    comment = make_comment()
    client.force_login(make_user(is_superuser=True))

    address = ADMIN + path.format(pk=comment.pk)

    assert client.get(address).status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
    client.post(address, {"comment": "Put into somebody's mouth."})
    assert Comment.objects.get().comment == comment.comment


def test_the_settings_can_be_edited_by_an_administrator(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))

    response = client.get("/admin/settings/discussion/discussionsettings/", follow=True)

    assert response.status_code == HTTPStatus.OK
    assert "house rules, short" in visible_text(response).lower()
