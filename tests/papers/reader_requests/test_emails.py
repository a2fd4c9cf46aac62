"""Whoever asks for something, somebody who can answer is told of it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from papers.models import Paper
from papers.reader_requests.emails import recipients
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import make_editor

pytestmark = pytest.mark.django_db


def make_admin(**fields):
    return make_user(is_superuser=True, is_staff=True, **fields)


def make_author_account(**fields):
    """Make somebody who may edit every page and publish none."""
    authors = Group.objects.create(name="Writers")
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=authors, page=Page.get_first_root_node(), permission=change)
    user = make_user(**fields)
    user.groups.add(authors)
    return user


def make_owned_paper(owner) -> Paper:
    paper = make_paper(owner=owner)
    return Paper.objects.get(pk=paper.pk)


def test_the_settings_come_before_everybody(settings):
    settings.FORMAT_REQUEST_RECIPIENTS = ["access@example.org"]
    paper = make_owned_paper(make_editor())

    assert recipients(paper) == ["access@example.org"]


def test_the_owner_is_told_and_nobody_else():
    owner = make_editor(email="owner@example.org")
    make_editor(email="other@example.org")
    make_admin()

    assert recipients(make_owned_paper(owner)) == ["owner@example.org"]


@pytest.mark.parametrize(("make", "fields"), [(make_editor, {"is_active": False}), (make_author_account, {})])
def test_an_owner_who_cannot_answer_is_passed_over(make, fields):
    owner = make(email="owner@example.org", **fields)
    make_editor(email="other@example.org")

    assert recipients(make_owned_paper(owner)) == ["other@example.org"]


def test_all_who_may_publish_are_told_where_there_is_no_owner():
    make_editor(email="b@example.org")
    make_editor(email="a@example.org")
    make_author_account(email="c@example.org")
    make_editor(email="gone@example.org", is_active=False)
    make_admin()

    assert recipients(make_paper()) == ["a@example.org", "b@example.org"]


def test_editors_are_told_where_nobody_may_publish():
    make_author_account(email="c@example.org")
    make_admin()

    assert recipients(make_paper()) == ["c@example.org"]


def test_on_a_fresh_site_the_administrator_is_told():
    make_admin(email="admin@example.org")
    make_user()

    assert recipients(make_paper()) == ["admin@example.org"]


def test_without_anybody_nobody_is_told():
    get_user_model().objects.update(is_active=False)

    assert recipients(make_paper()) == []
