"""An edition: its number, its states, its embargo, and who may have its file."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageLogEntry, PageViewRestriction

from papers.accessibility.models import AccessibilityReview, Outcome
from papers.editions.models import EditionCounter
from papers.models import Edition, Licence
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import logged_actions, make_document, make_edition

pytestmark = pytest.mark.django_db
DRAFT, PUBLISHED, WITHDRAWN = Edition.State.DRAFT, Edition.State.PUBLISHED, Edition.State.WITHDRAWN
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def now():
    moment = timezone.now().replace(microsecond=0)
    with time_machine.travel(moment, tick=False):
        yield moment


@pytest.fixture
def document():
    """One file for all editions: hardly anything here is about what is in it."""
    return make_document(b"%PDF-")


def request_of_a_stranger():
    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), SessionStore()
    return request


def numbers(editions):
    return list(editions.values_list("number", flat=True))


def test_each_edition_of_a_paper_gets_the_next_number():
    paper, other = make_paper(), make_paper()

    assert [make_edition(paper).number for _ in range(3)] == [1, 2, 3]
    assert make_edition(other).number == 1


def test_the_number_of_a_deleted_edition_is_not_used_again():
    paper = make_edition().paper
    make_edition(paper).delete()

    assert make_edition(paper).number == 3
    assert str(EditionCounter.objects.get(paper=paper)) == f"{paper.pk}: 3"


def test_an_edition_keeps_its_number_when_it_is_saved_again():
    edition = make_edition()

    edition.save()
    with transaction.atomic():
        assert EditionCounter.next_number(edition.paper_id) == 2

    assert Edition.objects.get().number == 1


@pytest.mark.parametrize(
    ("state", "is_draft", "is_published", "is_withdrawn"),
    [(DRAFT, True, False, False), (PUBLISHED, False, True, False), (WITHDRAWN, False, False, True)],
)
def test_an_edition_is_in_one_state(state, is_draft, is_published, is_withdrawn):
    edition = Edition(state=state.value)  # as the database returns it

    assert (edition.is_draft, edition.is_published, edition.is_withdrawn) == (
        is_draft, is_published, is_withdrawn,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("until", "is_embargoed"), [(None, False), (-SECOND, False), (timedelta(), False), (SECOND, True)]
)
def test_an_embargo_ends_at_its_moment(now, document, until, is_embargoed):
    edition = make_edition(document=document, embargoed_until=None if until is None else now + until)

    assert edition.is_embargoed is is_embargoed
    assert edition.is_available is not is_embargoed
    assert Edition.objects.available().exists() is not is_embargoed
    assert Edition.objects.get().embargo_pending is is_embargoed


def test_an_embargo_set_alone_is_remembered_until_its_end_is_acted_upon(now, document):
    edition = make_edition(document=document)
    edition.embargoed_until = now + DAY
    edition.save(update_fields=["embargoed_until"])

    assert Edition.objects.get().embargo_pending
    assert not Edition.objects.embargo_ended().exists()
    with time_machine.travel(now + DAY, tick=False):
        assert Edition.objects.embargo_ended().get() == edition
        edition.note = "Other words."
        edition.save(update_fields=["note"])
        assert Edition.objects.embargo_ended().exists()
        edition.save()
        assert not Edition.objects.embargo_ended().exists()


@pytest.mark.parametrize("state", [DRAFT, WITHDRAWN])
def test_a_file_is_available_of_published_editions_alone(document, state):
    edition = make_edition(document=document, state=state)

    assert not edition.is_available
    assert not Edition.objects.available().exists()


def test_a_file_on_request_is_not_available(document):
    edition = make_edition(make_paper(files_on_request=True), document=document)

    assert not edition.is_available
    assert not Edition.objects.available().exists()
    assert Edition.objects.published().exists()


@pytest.mark.parametrize(
    ("since", "until", "changed"),
    [
        (timedelta(), None, timedelta()),
        (-DAY, -SECOND, -SECOND),  # its embargo ended after it was published
        (-SECOND, -DAY, -SECOND),
        (-DAY, DAY, -DAY),  # under embargo: nothing has changed since it was published
    ],
)
def test_the_answer_at_an_address_changes_with_the_state_and_with_the_end_of_an_embargo(
    now, since, until, changed
):
    edition = Edition(state_since=now + since, embargoed_until=until and now + until)

    assert edition.changed_at == now + changed


def test_an_edition_has_the_license_of_its_paper_or_its_own():
    paper = make_paper(licence=Licence.CC_BY)

    assert Edition(paper=paper).effective_licence is Licence.CC_BY
    assert Edition(paper=paper, licence="cc0-1.0").effective_licence is Licence.CC0


def test_an_edition_knows_the_names_of_its_file_and_addresses():
    edition = Edition(paper=make_paper(title="Shared buses", slug="shared-buses"), number=3)

    assert str(edition) == "“Shared buses”, 3rd edition"
    assert edition.file_name == "shared-buses-edition-3.pdf"
    assert edition.download_path == "editions/3/download/"
    assert edition.reading_path == "editions/3/read/"


def test_a_summary_says_what_to_expect_of_the_file_or_of_its_text():
    edition = make_edition(pages=24)
    assert edition.file_summary.startswith("PDF, 24 pages, ")

    AccessibilityReview.objects.create(
        edition=edition, outcome=Outcome.HTML_ONLY, sha256=edition.record.sha256
    )
    assert Edition.objects.get().file_summary == "24 pages, read online"

    edition.record.delete()
    assert Edition.objects.get().record is None
    assert Edition.objects.get().file_summary == ""


def test_a_reader_may_read_what_is_available_of_a_paper_they_may_see(document):
    edition = make_edition(document=document)
    request = request_of_a_stranger()
    assert edition.may_be_read_by(request)

    edition.state = WITHDRAWN
    assert not edition.may_be_read_by(request)

    edition.state = PUBLISHED
    PageViewRestriction.objects.create(page=edition.paper, restriction_type=PageViewRestriction.LOGIN)
    assert not Edition.objects.get().may_be_read_by(request)


def test_an_edition_is_published_once_and_its_history_says_by_whom(now, document):
    edition, editor = make_edition(document=document, state=DRAFT, state_since=now - DAY), make_user()

    edition.publish(user=editor)
    edition.publish()

    stored = Edition.objects.get()
    assert (stored.state, stored.state_since) == (PUBLISHED, now)
    [entry] = PageLogEntry.objects.filter(page=edition.paper_id, action="papers.edition.publish")
    assert (entry.user, entry.data) == (editor, {"edition": 1})


def test_publishing_again_leaves_the_date_alone(now, document):
    edition = make_edition(document=document, state_since=now - DAY)

    edition.publish()

    assert Edition.objects.get().state_since == now - DAY


@pytest.mark.parametrize(("reason", "note"), [("A table was wrong.", "A table was wrong."), ("", "Earlier.")])
def test_an_edition_is_withdrawn_with_a_reason_or_its_earlier_note(now, document, reason, note):
    edition, editor = make_edition(document=document, note="Earlier.", state_since=now - DAY), make_user()

    edition.withdraw(reason=reason, user=editor)

    stored = Edition.objects.get()
    assert (stored.state, stored.state_since, stored.note) == (WITHDRAWN, now, note)
    assert logged_actions(edition.paper) == [("withdraw", 1)]
    assert PageLogEntry.objects.get(action="papers.edition.withdraw").user == editor


def test_drafts_go_live_with_their_paper_oldest_first_unless_they_do_not_follow_it():
    paper = make_paper()
    make_edition(paper)
    make_edition(paper, state=DRAFT)
    make_edition(paper, state=DRAFT, publish_with_paper=False)
    make_edition(paper, state=DRAFT)

    assert numbers(Edition.objects.scheduled_with_paper()) == [2, 4]
    assert numbers(Edition.objects.drafts().order_by("number")) == [2, 3, 4]
    assert numbers(Edition.objects.published()) == [1]


def test_the_list_of_editions_is_newest_first_and_brings_its_files(django_assert_num_queries):
    paper = make_paper()
    for _ in range(3):
        make_edition(paper)

    with django_assert_num_queries(1):
        listed = [
            (edition.number, edition.record.page_count, edition.accessibility_report, edition.saved_review)
            for edition in Edition.objects.newest_first()
        ]

    assert listed == [(3, 1, None, None), (2, 1, None, None), (1, 1, None, None)]
