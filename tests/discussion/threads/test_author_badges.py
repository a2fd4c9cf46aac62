"""Whose voice it is: what is confirmed of a speaker, whom they speak for, and hearing only some."""

from __future__ import annotations

import pytest

from accounts.models import Affiliation, Organisation
from discussion.models import Comment
from tests.support.comments import make_comment, post_comment, queries_of, visible_text
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def make_verified(*, name="Joan Marsh", role="Superintendent", organisation="Teal Valley Collaborative"):
    """Make a member whose organization an editor has confirmed."""
    user = make_user(name=name, role=role)
    there, _ = Organisation.objects.get_or_create(name=organisation)
    Affiliation(user=user, organisation=there).confirm_by_editor(by=make_user(name="Ed Itor"))
    user.refresh_from_db()
    return user


def test_a_confirmed_organization_is_marked_and_a_stated_one_is_not(client):
    page = make_post()
    make_comment(on=page, by=make_verified())
    make_comment(on=page, by=make_user(role="Principal", organisation="Nowhere High"))

    words = visible_text(client.get(page.url))

    assert "Superintendent, Teal Valley Collaborative verified" in words
    assert "Principal, Nowhere High" in words
    assert words.count("verified") == 1


def test_standing_costs_one_query_whoever_speaks(client):
    page = make_post()
    make_comment(on=page, by=make_verified())
    client.get(page.url)
    few = len(queries_of(lambda: client.get(page.url)))
    for n in range(5):
        make_comment(on=page, by=make_verified(name=f"Speaker {n}"))
    client.get(page.url)

    assert len(queries_of(lambda: client.get(page.url))) == few


def test_who_has_a_confirmed_organization_chooses_for_whom_they_speak(client):
    page, joan = make_post(), make_verified()
    client.force_login(joan)

    form = client.get(page.url).content.decode()
    post_comment(client, page, speaking_for="organisation")

    assert 'name="speaking_for" value="organisation"' in form
    assert Comment.objects.get().speaking_for == "organisation"
    assert "speaking for Teal Valley Collaborative" in visible_text(client.get(page.url))


def test_nobody_speaks_for_an_organization_that_is_not_confirmed(client):
    page = make_post()
    client.force_login(make_user(organisation="Teal Valley Collaborative"))

    form = client.get(page.url).content.decode()
    post_comment(client, page, speaking_for="organisation")

    assert "speaking_for" not in form
    assert Comment.objects.get().speaking_for == ""
    assert "speaking for" not in visible_text(client.get(page.url))


def test_readers_can_keep_to_the_threads_in_which_a_role_is_heard(client):
    page = make_post()
    comment = make_comment(on=page, text="Asked by anybody.")
    make_comment(reply_to=comment, by=make_verified(), text="Answered by one who knows.")
    make_comment(on=page, by=make_user(role="Superintendent"), text="Says so, unconfirmed.")
    make_comment(on=page, by=make_verified(name="Bo Teal", role="Director of special education & care"))

    everybody, some = client.get(page.url), client.get(f"{page.url}?role=superintendent&order=newest")

    assert "?role=Superintendent#discussion" in everybody.content.decode()
    assert "?role=Director%20of%20special%20education%20%26%20care#" in everybody.content.decode()
    assert "Asked by anybody." in visible_text(some)
    assert "Answered by one who knows." in visible_text(some)
    assert "Says so, unconfirmed." not in visible_text(some)
    assert "Bo Teal" not in visible_text(some)


@pytest.mark.parametrize("role", ["", "nobody", "%00", "x" * 3000])
def test_a_role_that_nobody_has_filters_nothing(client, role):
    page = make_comment(text="Still here.").page

    assert "Still here." in visible_text(client.get(f"{page.url}?role={role}"))
