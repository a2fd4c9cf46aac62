"""Whatever the tree, the order of insertion and what moderators did: nothing is lost, nothing shown twice."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.paginator import Paginator
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussion.models import Comment, State
from discussion.threads import locations, outline, thread_page
from discussion.threads.integrity import check_integrity
from discussion.threads.outline import Outline, OutlineItem
from discussion.threads.tree import descendants
from tests.support.comments import make_comment
from tests.support.factories import make_post, make_user

STORIES = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture], "database": None}
HERE = re.compile(r'<li class="comment[^"]*" id="comment-(\d+)"')
MORE = re.compile(r"(\d+) more repl")


@st.composite
def lines(draw):
    """Draw the outline of a talk, parents first, in any shape and any state."""
    found = []
    for pk in range(1, draw(st.integers(0, 90)) + 1):
        parent = draw(st.none() | st.integers(1, pk - 1)) if pk > 1 else None
        shown = draw(st.booleans())
        found.append(OutlineItem(pk, parent, parent, shown, shown))
    return found


@given(lines(), st.sampled_from(["", "newest"]))
@settings(max_examples=80, deadline=None)
def test_every_comment_that_stands_has_one_spot_and_is_on_the_sheet_it_names(found, order):
    whole = Outline(found)
    sheets = Paginator(whole.sorted_roots(order=order), outline.THREADS_PER_PAGE)
    standing = [branch.comment.pk for top in whole.roots for branch in [top, *descendants(top)]]

    assert {line.pk for line in found if line.shown} <= set(standing)
    assert len(standing) == len(set(standing))
    assert whole.page_count == max(1, sheets.num_pages)
    for line in found:
        spot = whole.locate(line.pk, order=order)
        assert (spot is not None) == (line.pk in standing)
        if spot is not None:
            tops = {top.comment.pk: top for top in sheets.page(spot.page_number)}
            thread = [branch.comment.pk for branch in descendants(tops[spot.thread])]
            assert spot.pk == spot.thread or spot.pk in thread
            assert (spot.part is not None) == (spot.pk in thread[outline.INITIAL_REPLIES :])


@st.composite
def stories(draw):
    """Draw who answers whom, in which order of time, what became of each, and what is pinned."""
    size = draw(st.integers(1, 12))
    answers = [draw(st.none() | st.integers(0, n - 1)) if n else None for n in range(size)]
    states = [draw(st.sampled_from(State)) for _ in answers]
    for answered in answers:
        if answered is not None and states[answered] == State.UNCONFIRMED:
            states[answered] = State.PUBLISHED  # nobody answers what nobody could read
    return answers, draw(st.permutations(range(size))), states, [draw(st.booleans()) for _ in answers]


def tell(story, post, by):
    answers, times, states, pins = story
    said = []
    for answered, state in zip(answers, states, strict=True):
        above = None if answered is None else said[answered]
        who = {"user_name": "G", "user_email": "g@example.org"} if state == State.UNCONFIRMED else {"by": by}
        begun = state if state == State.UNCONFIRMED else State.PUBLISHED
        said.append(make_comment(on=post, reply_to=above, state=begun, **who))
    for comment, time, state, pinned in zip(said, times, states, pins, strict=True):
        moment = timezone.now() - timedelta(days=1) + timedelta(minutes=time)
        Comment.objects.filter(pk=comment.pk).update(
            submit_date=moment,
            state=state,
            pinned=pinned,
            is_public=state == State.PUBLISHED,
            is_removed=State(state).is_gone,
        )
        comment.refresh_from_db()
    return said


@pytest.fixture
def small_sheets(monkeypatch):
    """Let small talks have many sheets."""
    for name, number in {"THREADS_PER_PAGE": 2, "INITIAL_REPLIES": 2, "REPLIES_PER_PAGE": 3}.items():
        for module in (outline, thread_page, locations):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, number)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_sheets")
@given(story=stories())
@settings(max_examples=10, **STORIES)
def test_every_published_comment_is_found_at_its_address_and_the_rest_is_told_kindly(client, story):
    judge(client, story)


def judge(client, story):
    with transaction.atomic():
        post = make_post()
        said = tell(story, post, make_user())
        for comment in said:
            find(client, post, comment)
        seen, hidden = read_all(client, post)
        published = {str(comment.pk) for comment in said if comment.state == State.PUBLISHED}
        assert len(published - seen) == hidden
        assert not seen & {str(comment.pk) for comment in said if comment.state == State.UNCONFIRMED}
        assert check_integrity().is_clean
        transaction.set_rollback(True)


def find(client, post, comment):
    answer = client.get(f"/discussion/comment/{comment.pk}/")
    if State(comment.state).is_gone:
        assert answer.status_code == 410
    elif comment.state == State.UNCONFIRMED:
        assert answer.status_code == 404
    elif comment.state == State.PUBLISHED:
        for address in (answer["Location"], f"{post.url}{locations.location_query(comment)}"):
            shown = HERE.findall(client.get(address).content.decode())
            assert shown.count(str(comment.pk)) == 1


def read_all(client, post):
    """Read sheet after sheet; return who was shown, and how many more replies the sheets told of."""
    seen, hidden, page = set(), 0, 1
    while True:
        html = client.get(f"{post.url}?talk={page}").content.decode()
        found = HERE.findall(html)
        assert len(found) == len(set(found))
        if not found or seen >= set(found):
            return seen, hidden
        seen |= set(found)
        hidden += sum(int(number) for number in MORE.findall(html))
        page += 1
