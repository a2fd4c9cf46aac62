"""Whoever will write to readers about new papers can hear of them: the door for alerts."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.signals import page_published

from papers.editions.jobs import release_embargoes
from papers.models import Edition, Paper
from publishing.models import TopicLink, all_pages
from tests.support.factories import make_paper, make_topic
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


@contextmanager
def recorded(signal, sender):
    """Yield a list that fills with what is sent."""
    signals = []

    def listen(instance, **_extra):
        signals.append(instance)

    signal.connect(listen, sender=sender)
    yield signals
    signal.disconnect(listen, sender=sender)


def test_a_new_paper_is_heard_of_with_its_topic_and_series(run_on_commit):
    paper = make_paper(live=False, series="White Papers")
    topic = make_topic("Finance")
    TopicLink.objects.create(page=paper, topic=topic)

    with recorded(page_published, Paper) as signals, run_on_commit():
        paper.save_revision().publish()

    assert [one.pk for one in signals] == [paper.pk]
    assert signals[0].series == "White Papers"
    assert all_pages().published().about(topic).get().pk == paper.pk


def test_a_file_whose_day_has_come_is_heard_of():
    edition = make_edition(embargoed_until=timezone.now() + timedelta(days=3))

    with (
        time_machine.travel(timezone.now() + timedelta(days=4), tick=False),
        recorded(post_save, Edition) as signals,
    ):
        release_embargoes()

    assert signals == [edition]
    assert not Edition.objects.get(pk=edition.pk).embargo_pending
