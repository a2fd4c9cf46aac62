"""What may be done with an edition, by whom, and what is kept for good."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group, Permission
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from papers.models import Edition, Paper, PaperIndex
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import logged_actions, make_edition, make_editor

pytestmark = pytest.mark.django_db

DRAFT, PUBLISHED, WITHDRAWN = Edition.State.DRAFT, Edition.State.PUBLISHED, Edition.State.WITHDRAWN


def make_author_account():
    """Make somebody who writes papers that others publish."""
    authors = Group.objects.create(name="Writers")
    authors.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=authors, page=PaperIndex.objects.get(), permission=change)
    return make_editor("Writers")


def act(client, edition, act, **fields):
    return client.post(reverse(f"papers_admin:{act}", args=[edition.paper_id, edition.number]), fields)


def test_each_act_asks_first_and_is_written_down(client, editor):
    edition = make_edition(state=DRAFT)
    other = make_edition(edition.paper, state=DRAFT)

    for name in ("publish", "edit"):
        page = client.get(reverse(f"papers_admin:{name}", args=[edition.paper_id, 1]))
        assert page.status_code == HTTPStatus.OK
        assert "1st edition" in page.content.decode()
    assert act(client, edition, "publish").status_code == HTTPStatus.FOUND
    act(client, edition, "edit", publication_date="2009-03-24", note="Corrected table 2.")
    assert (
        client.get(reverse("papers_admin:withdraw", args=[edition.paper_id, 1])).status_code == HTTPStatus.OK
    )
    act(client, edition, "withdraw", reason="Replaced.")
    act(client, other, "delete")

    edition.refresh_from_db()
    assert (edition.state, edition.note, str(edition.publication_date)) == (
        WITHDRAWN,
        "Replaced.",
        "2009-03-24",
    )
    assert logged_actions(edition.paper) == [("publish", 1), ("edit", 1), ("withdraw", 1), ("delete", 2)]
    assert {entry.user for entry in PageLogEntry.objects.filter(action__startswith="papers.")} == {editor}
    history = client.get(reverse("wagtailadmin_pages:history", args=[edition.paper_id])).content.decode()
    assert "Withdrew the 1st edition" in history


def test_a_withdrawal_wants_a_reason(client, editor):
    edition = make_edition()

    response = act(client, edition, "withdraw", reason="")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    edition.refresh_from_db()
    assert edition.is_published


def test_a_withdrawn_edition_can_be_published_again(client, editor):
    edition = make_edition()
    edition.withdraw(reason="By mistake.")

    act(client, edition, "publish")

    edition.refresh_from_db()
    assert edition.is_published


def test_only_drafts_are_deleted(client, editor):
    edition = make_edition()

    response = act(client, edition, "delete")

    assert response.status_code == HTTPStatus.FOUND
    assert Edition.objects.filter(pk=edition.pk).exists()


def test_the_number_of_a_deleted_draft_is_not_used_again(client, editor):
    edition = make_edition(state=DRAFT)

    act(client, edition, "delete")

    assert make_edition(edition.paper).number == 2


def test_who_may_not_publish_the_paper_may_not_publish_its_editions(client):
    client.force_login(make_author_account())
    draft = make_edition(make_paper(live=False), state=DRAFT)
    published = make_edition(draft.paper)

    for edition, name in (
        (draft, "publish"),
        (published, "withdraw"),
        (published, "edit"),
        (published, "delete"),
    ):
        act(client, edition, name, reason="No right.", publication_date="2009-03-24")

    draft.refresh_from_db()
    published.refresh_from_db()
    assert (draft.state, published.state, published.note) == (DRAFT, PUBLISHED, "")
    assert (
        client.get(reverse("papers_admin:edit", args=[draft.paper_id, draft.number])).status_code
        == HTTPStatus.OK
    )
    page = client.get(reverse("wagtailadmin_pages:edit", args=[draft.paper_id])).content.decode()
    assert "/editions/1/edit/" in page
    assert "/editions/1/publish/" not in page


@pytest.mark.parametrize("name", ["publish", "withdraw", "edit", "delete", "file"])
def test_strangers_are_sent_to_sign_in(client, name):
    edition = make_edition(state=DRAFT)

    response = client.get(reverse(f"papers_admin:{name}", args=[edition.paper_id, 1]))

    assert response.status_code == HTTPStatus.FOUND
    assert "login" in response["Location"]


def test_an_edition_of_another_paper_is_not_found(client, editor):
    edition, other = make_edition(), make_paper()

    assert (
        client.get(reverse("papers_admin:edit", args=[other.pk, edition.number])).status_code
        == HTTPStatus.NOT_FOUND
    )


def test_a_paper_with_editions_is_kept_with_a_sentence(client, editor):
    paper = make_edition().paper
    client.force_login(make_user(is_superuser=True))

    for page in (paper, PaperIndex.objects.get()):
        response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert response.status_code == HTTPStatus.OK
        assert "can’t be deleted" in response.content.decode()
    assert Page.objects.filter(pk=paper.pk).exists()


def test_papers_with_editions_are_kept_in_bulk_too(client, editor):
    paper = make_edition().paper
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={paper.pk}"

    page, response = client.get(address), client.post(address)

    assert "referenced" in page.content.decode()
    assert response.status_code == HTTPStatus.FOUND
    assert Page.objects.filter(pk=paper.pk).exists()


def test_no_program_deletes_a_paper_with_editions_either():
    paper = make_edition().paper

    with pytest.raises(ProtectedError):
        paper.delete()

    assert Paper.objects.filter(pk=paper.pk).exists()


def test_a_paper_without_editions_can_be_deleted(client, editor):
    paper = make_paper()

    client.post(reverse("wagtailadmin_pages:delete", args=[paper.pk]))

    assert not Paper.objects.exists()
