"""The moderators' desk in the Wagtail admin."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from wagtail.models import ModelLogEntry

from discussion.models import Comment, State
from discussion.permissions import grant_moderation
from tests.support.comments import make_comment, make_guest_comment, words_of
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db
DESK = "/admin/discussion/"


def deed(name, *comments):
    asked = "&".join(f"id={comment.pk}" for comment in comments)
    return f"/admin/bulk/discussion/comment/{name}/?{asked}&next={DESK}"


def make_staff(group):
    grant_moderation()
    user = make_user(name="Mo Derator")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def moderator(client):
    client.force_login(make_staff("Moderators"))
    return client


@pytest.mark.parametrize("group", ["Moderators", "Editors"])
def test_moderators_and_editors_see_the_desk_in_the_menu(client, group):
    client.force_login(make_staff(group))

    assert b'"label": "Discussion"' in client.get("/admin/").content
    assert client.get(DESK).status_code == HTTPStatus.OK


def test_granting_twice_is_as_good_as_once():
    grant_moderation()
    grant_moderation()

    assert Group.objects.get(name="Moderators").permissions.filter(codename="moderate_comment").count() == 1


def test_nobody_else_sees_the_desk_or_does_anything_there(client):
    comment = make_comment()
    outsider = make_user()
    outsider.groups.add(Group.objects.create(name="Librarians"))
    from django.contrib.auth.models import Permission

    outsider.user_permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    client.force_login(outsider)

    for address in (DESK, f"{DESK}inspect/{comment.pk}/", deed("remove", comment)):
        assert client.get(address).status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN)
    client.post(deed("remove", comment), {"rule": 1})
    client.post(deed("mark_as_spam", comment))

    assert Comment.objects.get().state == State.PUBLISHED
    assert b'"label": "Discussion"' not in client.get("/admin/").content


def test_the_desk_lists_filters_and_searches(moderator):
    shown = make_comment(text="About buses.")
    held = make_comment(text="About nurses.", state=State.WAITING)

    everything = words_of(moderator.get(DESK))
    waiting = words_of(moderator.get(f"{DESK}?state=waiting"))
    on_page = words_of(moderator.get(f"{DESK}?page={shown.page_id}"))
    found = words_of(moderator.get(f"{DESK}?q=buses"))

    assert "About buses." in everything
    assert "About nurses." in everything
    assert "About buses." not in waiting
    assert "About nurses." in waiting
    assert "About nurses." not in on_page
    assert "About nurses." not in found
    assert "About buses." in found
    assert held.pk


def test_the_list_costs_no_more_queries_with_more_comments(moderator, django_assert_max_num_queries):
    for _ in range(3):
        make_comment()
    moderator.get(DESK)
    from tests.support.comments import queries_of

    few = len(queries_of(lambda: moderator.get(DESK)))
    for _ in range(15):
        make_comment()

    assert len(queries_of(lambda: moderator.get(DESK))) <= few


def test_addresses_are_shown_to_moderators_on_the_comments_own_sheet_only(moderator):
    comment = make_guest_comment(email="grace@example.org")

    assert b"grace@example.org" not in moderator.get(DESK).content
    assert b"grace@example.org" in moderator.get(f"{DESK}inspect/{comment.pk}/").content


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("approve", State.WAITING, State.PUBLISHED),
        ("hold", State.PUBLISHED, State.WAITING),
        ("remove", State.PUBLISHED, State.REMOVED),
        ("mark_as_spam", State.PUBLISHED, State.SPAM),
        ("restore", State.REMOVED, State.PUBLISHED),
    ],
)
def test_each_deed_asks_on_get_and_is_done_on_post_and_logged(moderator, name, before, after):
    comments = [make_comment(), make_comment()]
    Comment.objects.update(state=before)

    asked = moderator.get(deed(name, *comments))
    assert set(Comment.objects.values_list("state", flat=True)) == {before}
    done = moderator.post(deed(name, *comments), {"rule": 3} if name == "remove" else {})

    assert asked.status_code == HTTPStatus.OK
    assert done["Location"] == DESK
    assert set(Comment.objects.values_list("state", flat=True)) == {after}
    assert [entry.action for entry in ModelLogEntry.objects.all()] == [f"discussion.{name}"] * 2
    if name == "remove":
        assert set(Comment.objects.values_list("rule", flat=True)) == {3}


def test_removing_needs_the_number_of_a_rule(moderator):
    comment = make_comment()

    response = moderator.post(deed("remove", comment), {"rule": ""})

    assert response.status_code == HTTPStatus.OK
    assert Comment.objects.get().state == State.PUBLISHED


def test_what_cannot_be_done_is_said_and_not_done(moderator):
    comment = make_comment()
    comment.delete_by_author()

    response = moderator.get(deed("approve", comment))
    moderator.post(deed("approve", comment))

    assert "It cannot be done to these" in words_of(response)
    assert Comment.objects.get().state == State.DELETED


@pytest.mark.parametrize("chosen", ["id=all", "id=abc", "id=999999", "id=" + "9" * 40, ""])
def test_an_odd_choice_chooses_nothing(moderator, chosen):
    make_comment()

    response = moderator.post(f"/admin/bulk/discussion/comment/mark_as_spam/?{chosen}")

    assert response.status_code in (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.NOT_FOUND)
    assert Comment.objects.get().state == State.PUBLISHED


@pytest.mark.parametrize("door", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_writes_edits_or_deletes_at_the_desk(client, door):
    comment = make_comment()
    client.force_login(make_user(is_superuser=True))

    address = DESK + door.format(pk=comment.pk)

    assert client.get(address).status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
    client.post(address, {"comment": "Put into somebody's mouth."})
    assert Comment.objects.get().comment == comment.comment
