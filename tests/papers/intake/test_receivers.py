"""A file that came in is queued to be read, and a queue that fails breaks no upload."""

from __future__ import annotations

import pytest
from django_tasks.signals import task_enqueued

from papers.intake.receivers import queue_reading
from tests.support.paper_files import make_document

pytestmark = pytest.mark.django_db


def test_a_task_queue_that_fails_breaks_no_upload(run_on_commit, caplog):
    def fail(**_task):
        raise ConnectionError

    document = make_document()
    task_enqueued.connect(fail)
    try:
        with run_on_commit():
            queue_reading(document)
    finally:
        task_enqueued.disconnect(fail)

    assert "Error calling" in caplog.text
