"""Editions on the editors' desk: made with the paper, published with it, never lost."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from papers.models import Edition, Paper, PaperIndex
from tests.makes import make_paper, make_user
from tests.paper_files import make_document, make_edition, make_editor

pytestmark = pytest.mark.django_db

DRAFT, PUBLISHED, WITHDRAWN = Edition.State.DRAFT, Edition.State.PUBLISHED, Edition.State.WITHDRAWN


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def filled(*, file=None, **fields):
    """Return what the browser sends for a paper's form."""
    formsets = ("authorships", "topic_links", "related_links", "changes", "comments")
    form = {
        "title": "Shared buses", "slug": "shared-buses", "abstract": rich_text("<p>Buses.</p>"),
        "key_findings": streamfield([]), "licence": "cc-by-4.0", "comments_open": "on",
        "edition_file": "" if file is None else str(file.pk),
    }  # fmt: skip
    return nested_form_data({**form, **{name: inline_formset([]) for name in formsets}, **fields})


def create(client, **fields):
    address = reverse("wagtailadmin_pages:add", args=["papers", "paper", PaperIndex.objects.get().pk])
    return client.post(address, filled(**fields))


def save(client, paper, *, autosaved=False, **fields):
    headers = {"Accept": "application/json"} if autosaved else {}
    return client.post(reverse("wagtailadmin_pages:edit", args=[paper.pk]), filled(**fields), headers=headers)


def make_writer():
    """Make somebody who writes papers that others publish."""
    writers = Group.objects.create(name="Writers")
    writers.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=writers, page=PaperIndex.objects.get(), permission=change)
    return make_editor("Writers")


def act(client, edition, act, **fields):
    return client.post(reverse(f"papers_editions:{act}", args=[edition.paper_id, edition.number]), fields)


def told(paper):
    entries = PageLogEntry.objects.filter(page=paper.pk, action__startswith="papers.").order_by("timestamp", "pk")
    return [(entry.action.rpartition(".")[2], entry.data["edition"]) for entry in entries]


def test_a_paper_and_its_file_are_made_in_one_form(client, editor):
    answer = create(client, file=make_document(pages=3))

    assert answer.status_code == HTTPStatus.FOUND
    paper = Paper.objects.get()
    assert (paper.live, [edition.state for edition in paper.editions.all()]) == (False, [DRAFT])
    assert told(paper) == [("create", 1)]


def test_a_paper_and_its_file_are_published_in_one_form(client, editor):
    answer = create(client, file=make_document(pages=3), **{"action-publish": "yes"})

    assert answer.status_code == HTTPStatus.FOUND
    paper = Paper.objects.get()
    assert (paper.live, paper.facts[:12]) == (True, "PDF, 3 pages")
    assert told(paper) == [("create", 1), ("publish", 1)]
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
    assert told(paper) == [("create", 1), ("replace", 1), ("publish", 1)]


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
    waiting = make_edition(paper, state=DRAFT, follows_paper=False)

    save(client, paper, file=make_document(), **{"action-publish": "yes"})

    states = {edition.number: edition.state for edition in paper.editions.all()}
    assert states == {waiting.number: DRAFT, 2: PUBLISHED}


def test_an_edition_waits_for_the_hour_its_paper_goes_live(client, editor):
    tomorrow = timezone.now() + timedelta(days=1)
    create(client, file=make_document(), go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"), **{"action-publish": "yes"})
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

    assert [(edition.number, edition.state) for edition in paper.editions.all()] == [(2, PUBLISHED), (1, PUBLISHED)]
    third = make_edition(paper)
    assert third.number == 3


def test_a_file_of_another_paper_is_refused_with_a_sentence(client, editor):
    edition = make_edition(make_paper(title="Other paper"))

    answer = create(client, file=edition.document, **{"action-publish": "yes"})

    assert "This file is already “Other paper”, edition 1" in answer.content.decode()
    assert Paper.objects.count() == 1


def test_a_file_that_is_no_pdf_is_refused_with_a_sentence(client, editor):
    answer = create(client, file=make_document(b"a,b\n", name="towns.csv"))

    assert "An edition is a PDF" in answer.content.decode()


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
    page = client.get(reverse("wagtailadmin_pages:add", args=["papers", "paper", PaperIndex.objects.get().pk])).content.decode()

    assert "edition_file" in page
    assert "It becomes a draft edition" in page


def test_each_act_asks_first_and_is_written_down(client, editor):
    edition = make_edition(state=DRAFT)
    other = make_edition(edition.paper, state=DRAFT)

    for name in ("publish", "edit"):
        page = client.get(reverse(f"papers_editions:{name}", args=[edition.paper_id, 1]))
        assert page.status_code == HTTPStatus.OK
        assert "edition 1" in page.content.decode()
    assert act(client, edition, "publish").status_code == HTTPStatus.FOUND
    act(client, edition, "edit", dated="2009-03-24", note="Corrected table 2.")
    assert client.get(reverse("papers_editions:withdraw", args=[edition.paper_id, 1])).status_code == HTTPStatus.OK
    act(client, edition, "withdraw", reason="Replaced.")
    act(client, other, "delete")

    edition.refresh_from_db()
    assert (edition.state, edition.note, str(edition.dated)) == (WITHDRAWN, "Replaced.", "2009-03-24")
    assert told(edition.paper) == [("publish", 1), ("edit", 1), ("withdraw", 1), ("delete", 2)]
    assert {entry.user for entry in PageLogEntry.objects.filter(action__startswith="papers.")} == {editor}
    history = client.get(reverse("wagtailadmin_pages:history", args=[edition.paper_id])).content.decode()
    assert "Withdrew edition 1" in history


def test_a_withdrawal_wants_a_reason(client, editor):
    edition = make_edition()

    answer = act(client, edition, "withdraw", reason="")

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
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

    answer = act(client, edition, "delete")

    assert answer.status_code == HTTPStatus.FOUND
    assert Edition.objects.filter(pk=edition.pk).exists()


def test_the_number_of_a_deleted_draft_is_not_used_again(client, editor):
    edition = make_edition(state=DRAFT)

    act(client, edition, "delete")

    assert make_edition(edition.paper).number == 2


def test_who_may_not_publish_the_paper_may_not_publish_its_editions(client):
    client.force_login(make_writer())
    draft = make_edition(make_paper(live=False), state=DRAFT)
    published = make_edition(draft.paper)

    for edition, name in ((draft, "publish"), (published, "withdraw"), (published, "edit"), (published, "delete")):
        act(client, edition, name, reason="No right.", dated="2009-03-24")

    draft.refresh_from_db()
    published.refresh_from_db()
    assert (draft.state, published.state, published.note) == (DRAFT, PUBLISHED, "")
    assert client.get(reverse("papers_editions:edit", args=[draft.paper_id, draft.number])).status_code == HTTPStatus.OK
    page = client.get(reverse("wagtailadmin_pages:edit", args=[draft.paper_id])).content.decode()
    assert "/editions/1/edit/" in page
    assert "/editions/1/publish/" not in page


@pytest.mark.parametrize("name", ["publish", "withdraw", "edit", "delete", "file"])
def test_strangers_are_sent_to_sign_in(client, name):
    edition = make_edition(state=DRAFT)

    answer = client.get(reverse(f"papers_editions:{name}", args=[edition.paper_id, 1]))

    assert answer.status_code == HTTPStatus.FOUND
    assert "login" in answer["Location"]


def test_an_edition_of_another_paper_is_not_found(client, editor):
    edition, other = make_edition(), make_paper()

    assert client.get(reverse("papers_editions:edit", args=[other.pk, edition.number])).status_code == HTTPStatus.NOT_FOUND


def test_a_paper_with_editions_is_kept_with_a_sentence(client, editor):
    paper = make_edition().paper
    client.force_login(make_user(is_superuser=True))

    for page in (paper, PaperIndex.objects.get()):
        answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert answer.status_code == HTTPStatus.OK
        assert "can&#x27;t be deleted" in answer.content.decode()
    assert Page.objects.filter(pk=paper.pk).exists()


def test_papers_with_editions_are_kept_in_bulk_too(client, editor):
    paper = make_edition().paper
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={paper.pk}"

    page, answer = client.get(address), client.post(address)

    assert "referenced" in page.content.decode()
    assert answer.status_code == HTTPStatus.FOUND
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


def test_a_preview_shows_the_file_to_come(client, editor):
    edition = make_edition(make_paper(live=False), state=DRAFT, pages=24)

    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[edition.paper_id]))

    assert answer.status_code == HTTPStatus.OK
    assert "PDF, 24 pages" in answer.content.decode()


def test_a_preview_while_writing_shows_the_file_just_chosen(client, editor):
    paper = make_paper(live=False)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[paper.pk])

    client.post(address, filled(file=make_document(pages=24)))
    answer = client.get(address, {"mode": ""})

    assert answer.status_code == HTTPStatus.OK
    assert "PDF, 24 pages" in answer.content.decode()
    assert not Edition.objects.exists()


def test_a_copy_of_a_paper_begins_without_editions(editor):
    paper = make_edition().paper

    copy = paper.copy(update_attrs={"slug": "copy"}, user=editor)

    assert not copy.editions.exists()


def test_a_document_says_which_edition_uses_it(client, editor, kept):
    with kept():
        edition = make_edition(make_paper(title="Shared buses"))

    page = client.get(reverse("wagtaildocs:document_usage", args=[edition.document_id])).content.decode()

    assert "edition 1" in page
