"""The address that Wagtail gives each document: open where something open uses the file, else for editors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import PageViewRestriction, ReferenceIndex

from papers.models import Edition
from tests.support.factories import make_paper, make_post, make_user
from tests.support.paper_files import make_document, make_edition, make_editor
from tests.support.two_step import add_app, app_code

pytestmark = pytest.mark.django_db


def make_post_linking_to(document, **fields):
    link = f'<p><a linktype="document" id="{document.pk}">The table</a></p>'
    post = make_post(body=[("text", link)], **fields)
    ReferenceIndex.create_or_update_for_object(post)
    return post


def status_of(client, document) -> int:
    return client.get(document.url).status_code


def test_a_former_draft_is_for_editors_alone(client):
    edition = make_edition(state=Edition.State.DRAFT)
    document = edition.document
    edition.delete()

    assert status_of(client, document) == 404
    client.force_login(make_user())
    assert status_of(client, document) == 404
    client.force_login(make_editor())
    assert status_of(client, document) == 200


def test_a_file_that_nothing_uses_is_not_for_whoever_may_only_enter_the_admin(client):
    member = make_user()
    member.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(member)

    assert status_of(client, make_document()) == 404


def test_a_file_on_a_published_page_is_open(client):
    document = make_document()
    post = make_post_linking_to(document)

    assert status_of(client, document) == 200
    post.unpublish()
    assert status_of(client, document) == 404


def test_a_file_on_a_draft_is_not_open(client):
    document = make_document()
    make_post_linking_to(document, live=False)

    assert status_of(client, document) == 404


def test_a_file_on_a_private_page_is_for_whoever_may_see_the_page(client):
    document = make_document()
    post = make_post_linking_to(document)
    PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)

    assert status_of(client, document) == 404
    client.force_login(make_user())
    assert status_of(client, document) == 200


def test_a_link_on_a_page_opens_no_closed_edition(client):
    edition = make_edition(make_paper(), embargoed_until=timezone.now() + timedelta(days=2))
    make_post_linking_to(edition.document)

    assert status_of(client, edition.document) == 404


def test_rights_as_staff_open_a_file_only_with_the_second_factor(client, settings):
    settings.DEMO = False
    edition = make_edition(make_paper(), embargoed_until=timezone.now() + timedelta(days=2))
    editor = make_editor()
    client.force_login(editor)

    assert client.get(edition.document.url)["Location"] == "/accounts/2fa/"
    add_app(editor)
    asked = client.get(edition.document.url)
    assert asked["Location"].startswith("/accounts/2fa/reauthenticate/?next=%2Fdocuments%2F")
    client.post(asked["Location"], {"code": app_code()})
    assert status_of(client, edition.document) == 200


def test_an_open_edition_needs_no_factor_of_staff(client, settings):
    settings.DEMO = False
    edition = make_edition()
    client.force_login(make_editor())

    assert status_of(client, edition.document) == 200
