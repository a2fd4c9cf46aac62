"""Subscription e-mail: both parts from the caller's templates, and one click to end it."""

from __future__ import annotations

import pytest

from mail import unsubscribe
from mail.models import QueuedEmail
from tests.support.emails import ADA

pytestmark = pytest.mark.django_db
STOP = "https://colloquy.example/stop/7/"


@pytest.fixture
def _templates(settings, tmp_path):
    """The two templates of a caller, which show all that they are given."""
    (tmp_path / "news.txt").write_text("{{ word }} from {{ site }}. Stop: {{ unsubscribe_url }}")
    (tmp_path / "news.html").write_text("<p>{{ word }} from {{ site }}. <a href='{{ unsubscribe_url }}'></a>")
    [engine, *_others] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]
    settings.WAGTAIL_SITE_NAME = "Colloquy"


def enqueue(**fields):
    context = {"word": "News", "site": "nobody's", "unsubscribe_url": "nowhere"}
    unsubscribe.enqueue(
        to=ADA, template="news", context=context, unsubscribe_url=STOP,
        **{"subject": "News\n for  you", **fields},
    )  # fmt: skip
    return QueuedEmail.objects.last()


@pytest.mark.usefixtures("_templates")
def test_both_parts_are_the_callers_and_say_how_to_stop():
    email = enqueue()

    assert (email.to, email.subject) == (ADA, "News for you")
    assert email.text == f"News from Colloquy. Stop: {STOP}"
    assert email.html == f"<p>News from Colloquy. <a href='{STOP}'></a>"
    assert email.headers == {
        "List-Unsubscribe": f"<{STOP}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@pytest.mark.usefixtures("_templates")
def test_the_same_news_is_queued_once():
    enqueue(key="news-7-ada")
    enqueue(key="news-7-ada")
    enqueue(), enqueue()

    assert list(QueuedEmail.objects.order_by("pk").values_list("key", flat=True)) == ["news-7-ada", "", ""]
