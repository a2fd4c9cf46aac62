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
    items = []
    for pk in range(1, draw(st.integers(0, 90)) + 1):
        parent = draw(st.none() | st.integers(1, pk - 1)) if pk > 1 else None
        shown = draw(st.booleans())
        items.append(OutlineItem(pk, parent, parent, shown, shown))
    return items


@given(lines(), st.sampled_from(["", "newest"]))
@settings(max_examples=80, deadline=None)
def test_every_comment_that_stands_has_one_spot_and_is_on_the_page_it_names(items, order):
    whole = Outline.from_items(items)
    paginator = Paginator(whole.sorted_roots(order=order), outline.THREADS_PER_PAGE)
    visible_pks = [branch.comment.pk for top in whole.roots for branch in [top, *descendants(top)]]

    assert {line.pk for line in items if line.shown} <= set(visible_pks)
    assert len(visible_pks) == len(set(visible_pks))
    assert whole.page_count == max(1, paginator.num_pages)
    for line in items:
        spot = whole.locate(line.pk, order=order)
        assert (spot is not None) == (line.pk in visible_pks)
        if spot is not None:
            tops = {top.comment.pk: top for top in paginator.page(spot.page_number)}
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
    comments = []
    for answered, state in zip(answers, states, strict=True):
        above = None if answered is None else comments[answered]
        who = {"user_name": "G", "user_email": "g@example.org"} if state == State.UNCONFIRMED else {"by": by}
        begun = state if state == State.UNCONFIRMED else State.PUBLISHED
        comments.append(make_comment(on=post, reply_to=above, state=begun, **who))
    for comment, time, state, pinned in zip(comments, times, states, pins, strict=True):
        moment = timezone.now() - timedelta(days=1) + timedelta(minutes=time)
        Comment.objects.filter(pk=comment.pk).update(
            submit_date=moment,
            state=state,
            pinned=pinned,
            is_public=state == State.PUBLISHED,
            is_removed=State(state).is_gone,
        )
        comment.refresh_from_db()
    return comments


@pytest.fixture
def small_pages(monkeypatch):
    """Let small talks have many sheets."""
    for name, number in {"THREADS_PER_PAGE": 2, "INITIAL_REPLIES": 2, "REPLIES_PER_PAGE": 3}.items():
        for module in (outline, thread_page, locations):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, number)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_pages")
@given(story=stories())
@settings(max_examples=10, **STORIES)
def test_every_published_comment_is_found_at_its_address_and_the_rest_is_told_kindly(client, story):
    judge(client, story)


def judge(client, story):
    with transaction.atomic():
        post = make_post()
        comments = tell(story, post, make_user())
        for comment in comments:
            find(client, post, comment)
        seen, hidden = read_all(client, post)
        published = {str(comment.pk) for comment in comments if comment.state == State.PUBLISHED}
        assert len(published - seen) == hidden
        assert not seen & {str(comment.pk) for comment in comments if comment.state == State.UNCONFIRMED}
        assert check_integrity().is_clean
        transaction.set_rollback(True)


def find(client, post, comment):
    response = client.get(f"/discussion/comment/{comment.pk}/")
    if State(comment.state).is_gone:
        assert response.status_code == 410
    elif comment.state == State.UNCONFIRMED:
        assert response.status_code == 404
    elif comment.state == State.PUBLISHED:
        for address in (response["Location"], f"{post.url}{locations.location_query(comment)}"):
            shown = HERE.findall(client.get(address).content.decode())
            assert shown.count(str(comment.pk)) == 1


def read_all(client, post):
    """Read sheet after sheet; return who was shown, and how many more replies the sheets told of."""
    seen, hidden, page = set(), 0, 1
    while True:
        html = client.get(f"{post.url}?talk={page}").content.decode()
        items = HERE.findall(html)
        assert len(items) == len(set(items))
        if not items or seen >= set(items):
            return seen, hidden
        seen |= set(items)
        hidden += sum(int(number) for number in MORE.findall(html))
        page += 1
