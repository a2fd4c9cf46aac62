"""Rules are chosen by their titles, and messages come with words that are ready."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from discussion.models import Appeal
from discussion.moderation.actions import apply_action
from tests.support.comments import make_comment, visible_text
from tests.support.factories import make_user
from tests.support.moderation import ADMIN, emails_to, make_rules

pytestmark = pytest.mark.django_db


def test_the_rule_is_chosen_by_its_title_with_ready_made_words(moderator):
    make_rules(canned_replies="Thank you for being brief.")
    comment = make_comment(by=make_user(email="joan@example.org"))
    path = f"/admin/bulk/discussion/comment/remove/?id={comment.pk}&next={ADMIN}"

    shown = visible_text(moderator.get(path))
    moderator.post(path, {"rule": 3, "ready": "Thank you for being brief.", "words": "And kind."})

    from mail.models import QueuedEmail

    assert "3. No student information" in shown
    assert "Thank you for being brief.\n\nAnd kind." in QueuedEmail.objects.get().text


def test_words_are_ready_from_the_first_day_and_the_house_can_have_its_own(client, mo):
    comment = make_comment()
    path = f"/admin/bulk/discussion/comment/remove/?id={comment.pk}"
    client.force_login(mo)

    before = visible_text(client.get(path))
    make_rules(canned_replies="Thank you for being brief.")
    after = visible_text(client.get(path))

    assert "Please give a source for the figure. Then we can restore your comment." in before
    assert "Thank you for being brief." in after
    assert "Please give a source" not in after


def test_an_appeal_is_answered_with_ready_words_too(client, mo):
    make_rules(canned_replies="We looked twice.")
    author = make_user(email="joan@example.org")
    comment = make_comment(by=author)
    apply_action(comment, "remove", by=mo, rule=1)
    Appeal.objects.create(comment=comment, text="Please.")
    client.force_login(mo)

    shown = visible_text(client.get(f"{ADMIN}inspect/{comment.pk}/"))
    odd = client.post(f"{ADMIN}act/{comment.pk}/decline/", {"ready": "Nonsense."})
    unanswered = Appeal.objects.open().exists()
    client.post(f"{ADMIN}act/{comment.pk}/decline/", {"ready": "We looked twice.", "words": "Sorry."})

    assert "We looked twice." in shown
    assert (odd.status_code, unanswered) == (HTTPStatus.FOUND, True)
    assert "We looked twice.\n\nSorry." in emails_to("joan@example.org")[-1].text
