"""Editions on the editors’ forms: made with the paper, published with it, never lost."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from papers.editions.forms import EditionForm, documents_for
from papers.models import Edition, Paper, PaperIndex
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import logged_actions, make_document, make_edition, make_editor

pytestmark = pytest.mark.django_db

DRAFT, PUBLISHED, WITHDRAWN = Edition.State.DRAFT, Edition.State.PUBLISHED, Edition.State.WITHDRAWN


def filled(*, file=None, **fields):
    """Return what the browser sends for a paper's form."""
    formsets = ("authorships", "topic_links", "related_links", "changes", "comments", "data_files")
    form = {
        "title": "Shared buses", "slug": "shared-buses", "abstract": rich_text("<p>Buses.</p>"),
        "key_findings": streamfield([]), "licence": "cc-by-4.0", "comments_open": "on",
        "status": "current",
        "edition_file": "" if file is None else str(file.pk),
    }  # fmt: skip
    return nested_form_data({**form, **{name: inline_formset([]) for name in formsets}, **fields})


def create(client, **fields):
    address = reverse("wagtailadmin_pages:add", args=["papers", "paper", PaperIndex.objects.get().pk])
    return client.post(address, filled(**fields))


def save(client, paper, *, autosaved=False, **fields):
    headers = {"Accept": "application/json"} if autosaved else {}
    return client.post(reverse("wagtailadmin_pages:edit", args=[paper.pk]), filled(**fields), headers=headers)


def test_a_paper_and_its_file_are_made_in_one_form(client, editor):
    answer = create(client, file=make_document(pages=3))

    assert answer.status_code == HTTPStatus.FOUND
    paper = Paper.objects.get()
    assert (paper.live, [edition.state for edition in paper.editions.all()]) == (False, [DRAFT])
    assert logged_actions(paper) == [("create", 1)]


def test_a_paper_and_its_file_are_published_in_one_form(client, editor):
    answer = create(client, file=make_document(pages=3), **{"action-publish": "yes"})

    assert answer.status_code == HTTPStatus.FOUND
    paper = Paper.objects.get()
    assert (paper.live, paper.file_summary[:12]) == (True, "PDF, 3 pages")
    assert logged_actions(paper) == [("create", 1), ("publish", 1)]
    client.logout()
    assert client.get(f"{paper.url}download/").status_code == HTTPStatus.OK


def test_saving_by_itself_again_and_again_makes_one_edition(client, editor):
    document = make_document()
    create(client)
    paper = Paper.objects.get()

    for _ in range(3):
        assert save(client, paper, file=document, autosaved=True).json()["success"]
    save(client, paper, file=document, **{"action-publish": "yes"})
    save(client, paper, file=document, autosaved=True)

    assert [(edition.number, edition.state) for edition in paper.editions.all()] == [(1, PUBLISHED)]


def test_a_wrong_file_saved_by_itself_is_replaced_before_anybody_sees_it(client, editor):
    wrong, right = make_document(), make_document(pages=2)
    create(client, file=wrong)
    paper = Paper.objects.get()

    save(client, paper, file=right, autosaved=True)
    save(client, paper, file=right, **{"action-publish": "yes"})

    assert [(edition.number, edition.document) for edition in paper.editions.all()] == [(1, right)]
    assert logged_actions(paper) == [("create", 1), ("replace", 1), ("publish", 1)]


def test_what_was_published_gets_a_new_edition_beside_it(client, editor):
    create(client, file=make_document(), **{"action-publish": "yes"})
    paper = Paper.objects.get()

    save(client, paper, file=(revised := make_document(pages=2)))
    assert paper.newest_edition.number == 1

    save(client, paper, **{"action-publish": "yes"})

    newest = Paper.objects.get().newest_edition
    assert (newest.number, newest.document) == (2, revised)


def test_a_draft_that_does_not_follow_the_paper_stays_a_draft(client, editor):
    create(client)
    paper = Paper.objects.get()
    waiting = make_edition(paper, state=DRAFT, publish_with_paper=False)

    save(client, paper, file=make_document(), **{"action-publish": "yes"})

    states = {edition.number: edition.state for edition in paper.editions.all()}
    assert states == {waiting.number: DRAFT, 2: PUBLISHED}


def test_an_edition_waits_for_the_hour_its_paper_goes_live(client, editor):
    tomorrow = timezone.now() + timedelta(days=1)
    create(
        client,
        file=make_document(),
        go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"),
        **{"action-publish": "yes"},
    )
    paper = Paper.objects.get()
    assert (paper.live, paper.editions.get().state) == (False, DRAFT)

    revision = paper.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")

    paper.refresh_from_db()
    assert (paper.live, paper.editions.get().state) == (True, PUBLISHED)


def test_publishing_an_older_version_loses_no_edition(client, editor):
    create(client, **{"action-publish": "yes"})
    paper = Paper.objects.get()
    oldest = paper.latest_revision
    for _ in range(2):
        save(client, paper, file=make_document(), **{"action-publish": "yes"})

    oldest.publish()

    assert [(edition.number, edition.state) for edition in paper.editions.all()] == [
        (2, PUBLISHED),
        (1, PUBLISHED),
    ]
    third = make_edition(paper)
    assert third.number == 3


def test_a_file_of_another_paper_is_refused_with_a_sentence(client, editor):
    edition = make_edition(make_paper(title="Other paper"))

    answer = create(client, file=edition.document, **{"action-publish": "yes"})

    assert "This file already belongs to “Other paper”, 1st edition" in answer.content.decode()
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("name", ["towns.csv", "towns.xlsx"])
def test_a_file_that_is_no_pdf_is_refused_with_a_sentence(client, editor, name):
    answer = create(client, file=make_document(b"a,b\n", name=name))

    assert "An edition must be a PDF" in answer.content.decode()


def test_a_withdrawn_file_does_not_come_back_unnoticed(client, editor):
    edition = make_edition()
    edition.withdraw(reason="Wrong.")

    answer = save(client, edition.paper, file=edition.document)

    assert "which was withdrawn" in answer.content.decode()


def test_the_form_lists_editions_with_what_can_be_done(client, editor):
    edition = make_edition(pages=12, note="First words")
    make_edition(edition.paper, state=DRAFT)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()

    assert "PDF, 12 pages" in page
    assert "First words" in page
    for path in ("1/withdraw", "1/edit", "2/publish", "2/delete", "2/file"):
        assert f"/editions/{path}/" in page
    for path in ("1/publish", "1/delete", "2/withdraw"):
        assert f"/editions/{path}/" not in page


def test_an_empty_form_says_so_and_offers_a_file(client, editor):
    page = client.get(
        reverse("wagtailadmin_pages:add", args=["papers", "paper", PaperIndex.objects.get().pk])
    ).content.decode()

    assert "edition_file" in page
    assert "It becomes a draft edition" in page


def test_a_preview_shows_the_file_to_come(client, editor):
    edition = make_edition(make_paper(live=False), state=DRAFT, pages=24)

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[edition.paper_id]))

    assert response.status_code == HTTPStatus.OK
    assert "PDF, 24 pages" in response.content.decode()
    assert f'href="{edition.document.url}"' in response.content.decode()
    assert client.get(edition.document.url).status_code == HTTPStatus.OK


def test_a_preview_while_writing_shows_the_file_just_chosen(client, editor):
    paper = make_paper(live=False)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[paper.pk])

    client.post(address, filled(file=make_document(pages=24)))
    response = client.get(address, {"mode": ""})

    assert response.status_code == HTTPStatus.OK
    assert "PDF, 24 pages" in response.content.decode()
    assert not Edition.objects.exists()


def test_a_copy_of_a_paper_begins_without_editions(editor):
    paper = make_edition().paper

    copy = paper.copy(update_attrs={"slug": "copy"}, user=editor)

    assert not copy.editions.exists()


def test_a_document_says_which_edition_uses_it(client, editor, run_on_commit):
    with run_on_commit():
        edition = make_edition(make_paper(title="Shared buses"))

    page = client.get(reverse("wagtaildocs:document_usage", args=[edition.document_id])).content.decode()

    assert "1st edition" in page


def test_documents_to_choose_from_are_those_that_a_user_may_choose():
    document = make_document()

    assert list(documents_for(make_editor())) == list(documents_for(None)) == [document]
    assert not documents_for(make_user()).exists()


@pytest.mark.parametrize(("state", "is_asked"), [(DRAFT, True), (PUBLISHED, False), (WITHDRAWN, False)])
def test_only_of_a_draft_it_is_asked_whether_it_follows_its_paper(state, is_asked):
    form = EditionForm(instance=make_edition(state=state))

    assert ("publish_with_paper" in form.fields) is is_asked
    assert "embargoed_until" in form.fields
