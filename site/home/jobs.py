"""The scheduled jobs, and how often each runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.management import call_command
from django.utils.module_loading import import_string

SECONDS, MINUTES, HOURS = 1, 60, 60 * 60
PRUNE = {"queue_name": "*", "min_age_days": 7}


@dataclass(frozen=True)
class Job:
    """A function by its dotted path, or a management command, and the seconds between two runs."""

    name: str
    every: int
    command: bool = False
    options: dict[str, Any] = field(default_factory=dict)

    def function(self) -> Callable[[], object]:
        """Return the callable. Raises ImportError if there is none at the path."""
        if self.command:
            return partial(call_command, self.name, verbosity=0, **self.options)
        function: Callable[[], object] = import_string(self.name)
        return function


JOBS = [
    Job("mail.delivery.send_due", every=5 * SECONDS),
    Job("home.orphaned_tasks.requeue", every=5 * SECONDS),
    Job("pagecache.changes.sweep", every=5 * SECONDS),
    Job("discussion.notifications.dispatch.notify_pending", every=5 * SECONDS),
    Job("publish_scheduled", every=MINUTES, command=True),
    Job("papers.editions.jobs.release_embargoes", every=MINUTES),
    Job("papers.intake.tasks.requeue_stuck", every=MINUTES),
    Job("publishing.images.tasks.queue_missing", every=5 * MINUTES),
    Job("pagecache.changes.prune_entries", every=10 * MINUTES),
    Job("discussion.jobs.delete_unconfirmed", every=HOURS),
    Job("discussion.notifications.dispatch.send_digests", every=15 * MINUTES),
    Job("discussion.moderation.emails.send_digests", every=15 * MINUTES),
    Job("discussion.jobs.rerender", every=15 * MINUTES),
    Job("papers.reader_requests.actions.delete_old", every=24 * HOURS),
    Job("accounts.signin.unverified.delete_stale", every=HOURS),
    Job("accounts.deletion.service.delete_due", every=HOURS),
    Job("accounts.affiliation.reminders.send_reminders", every=6 * HOURS),
    Job("accounts.audit.delete_old", every=24 * HOURS),
    Job("mail.delivery.delete_old", every=24 * HOURS),
    Job("clearsessions", every=24 * HOURS, command=True),
    Job("prune_db_task_results", every=24 * HOURS, command=True, options=PRUNE),
]
