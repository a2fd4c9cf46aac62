"""The same for pages, papers and comments."""

from __future__ import annotations

from django.utils import timezone

from discussion.models import Comment
from discussion.models.comment_state import State
from discussion.models.subscriptions import Frequency, NotificationPreferences, Scope, Subscription
from discussion.moderation.emails import notify_moderators
from discussion.notifications import dispatch
from mail.models import QueuedEmail
from papers.models import AccessibilityReport, CopyRequest, Edition, FileRecord, FormatRequest, PageText
from papers.reader_requests import actions
from publishing.images import usages
from search.models import Entry
from tests.home.job_scenarios import DAY, MINUTE, NOW, Steps, scenario
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_post
from tests.support.images import make_image
from tests.support.moderation import make_moderator
from tests.support.paper_files import make_document, make_edition


@scenario("papers.editions.jobs.release_embargoes")
def search_finds_a_file_once_its_embargo_ends() -> Steps:
    edition = make_edition(embargoed_until=timezone.now() + 3 * DAY)
    PageText.objects.create(record=edition.record, number=1, text="Quabbin")
    edition.save()

    yield 3 * DAY - MINUTE
    assert not Entry.objects.filter(text="Quabbin").exists()

    yield 3 * DAY + MINUTE
    assert Entry.objects.filter(text="Quabbin").exists()
    assert not Edition.objects.embargo_ended().exists()


@scenario("discussion.notifications.dispatch.notify_pending")
def subscribers_get_an_e_mail_about_a_new_comment() -> Steps:
    page = make_post()
    Subscription.objects.create(
        page=page, address="grace@example.org", scope=Scope.PAGE, frequency=Frequency.NOW
    )
    make_comment(on=page)

    yield NOW
    yield MINUTE
    assert [email.to for email in QueuedEmail.objects.all()] == ["grace@example.org"]


@scenario("discussion.notifications.dispatch.send_digests")
def a_daily_digest_is_sent_after_a_day() -> Steps:
    page = make_post()
    Subscription.objects.create(
        page=page, address="grace@example.org", scope=Scope.PAGE, frequency=Frequency.DAILY
    )
    make_comment(on=page, text="We share a nurse.")
    dispatch.notify_pending()

    yield DAY - MINUTE
    assert not QueuedEmail.objects.exists()

    yield DAY + MINUTE
    assert "We share a nurse." in QueuedEmail.objects.get().text


@scenario("discussion.moderation.emails.send_digests")
def a_moderators_digest_is_sent_after_a_day() -> Steps:
    moderator = make_moderator()
    NotificationPreferences.objects.create(member=moderator, moderation_queue=Frequency.DAILY)
    notify_moderators(make_comment(state=State.WAITING))

    yield DAY - MINUTE
    assert not QueuedEmail.objects.exists()

    yield DAY + MINUTE
    assert QueuedEmail.objects.get().to == moderator.email


@scenario("publish_scheduled")
def a_page_goes_live_and_expires_at_its_hours() -> Steps:
    post = make_post(live=False)
    post.go_live_at, post.expire_at = timezone.now() + DAY, timezone.now() + 2 * DAY
    post.save_revision().publish()
    lives = []

    for moment in (DAY - MINUTE, DAY + MINUTE, 2 * DAY + MINUTE):
        yield moment
        post.refresh_from_db()
        lives.append(post.live)
    assert lives == [False, True, False]


@scenario("papers.intake.tasks.requeue_stuck")
def a_file_whose_reading_never_happened_is_read() -> Steps:
    record = FileRecord.objects.get(document=make_document(pages=2))
    FileRecord.objects.update(state=FileRecord.State.WAITING, queued_at=timezone.now())

    yield 9 * MINUTE
    assert not record.pages.exists()

    yield 11 * MINUTE
    assert record.pages.count() == 2
    assert AccessibilityReport.objects.filter(record=record).exists()


@scenario("publishing.images.tasks.queue_missing")
def an_image_whose_renditions_were_never_made_gets_them() -> Steps:
    image = make_image("A bus")
    assert not image.renditions.exists()

    yield 5 * MINUTE
    assert image.renditions.count() == len(usages.all_filters())


@scenario("discussion.jobs.delete_unconfirmed")
def a_comment_that_was_never_confirmed_is_deleted_after_three_days() -> Steps:
    make_guest_comment(state=State.UNCONFIRMED)
    published = make_guest_comment()

    yield 3 * DAY - MINUTE
    assert Comment.objects.count() == 2

    yield 3 * DAY + MINUTE
    assert list(Comment.objects.all()) == [published]


@scenario("discussion.jobs.rerender")
def a_comment_that_an_older_renderer_made_is_rendered_again() -> Steps:
    comment = make_comment(text="A *word*.")
    Comment.objects.update(renderer_version=0, html="<p>old</p>")

    yield NOW
    comment.refresh_from_db()
    assert comment.html == "<p>A <em>word</em>.</p>"


@scenario("papers.reader_requests.actions.delete_old")
def an_answered_request_is_deleted_after_its_time() -> Steps:
    edition = make_edition(embargoed_until=timezone.now() + 900 * DAY)
    fields = {"edition": edition, "name": "Joan", "email": "joan@example.org", "need": "Large print"}
    FormatRequest.objects.create(**fields, state=FormatRequest.State.ANSWERED, answered_at=timezone.now())
    waiting = FormatRequest.objects.create(**fields)
    answered = actions.request_copy(edition, name="Ada", email="ada@example.org", purpose="")
    answered.resolve("granted", user=None)

    yield 180 * DAY - MINUTE
    assert (FormatRequest.objects.count(), CopyRequest.objects.count()) == (2, 1)

    yield 180 * DAY + MINUTE
    assert list(FormatRequest.objects.all()) == [waiting]
    assert not CopyRequest.objects.exists()
