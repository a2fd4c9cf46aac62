"""What is done regularly, and how often."""

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
    """A function by its dotted name, or a management command, and the seconds between two runs."""

    name: str
    every: int
    command: bool = False
    options: dict[str, Any] = field(default_factory=dict)

    def deed(self) -> Callable[[], object]:
        """Return what to call. Raises ImportError where the function isn't there."""
        if self.command:
            return partial(call_command, self.name, verbosity=0, **self.options)
        return import_string(self.name)


JOBS = [
    Job("pagecache.stamps.sweep", every=5 * SECONDS),
    Job("mail.sending.send_waiting", every=5 * SECONDS),
    Job("home.left_tasks.requeue", every=5 * SECONDS),
    Job("discussion.telling.tell_waiting", every=5 * SECONDS),
    Job("publish_scheduled", every=MINUTES, command=True),
    Job("papers.tasks.lift_embargoes", every=MINUTES),
    Job("papers.tasks.read_overdue", every=MINUTES),
    Job("discussion.sweeps.forget_unconfirmed", every=HOURS),
    Job("discussion.telling.send_digests", every=15 * MINUTES),
    Job("discussion.sweeps.render_anew", every=15 * MINUTES),
    Job("papers.requests.forget_old", every=24 * HOURS),
    Job("accounts.unproven.forget", every=HOURS),
    Job("accounts.leaving.carry_out", every=HOURS),
    Job("accounts.reminding.remind", every=6 * HOURS),
    Job("accounts.tracing.forget", every=24 * HOURS),
    Job("mail.sending.forget_old", every=24 * HOURS),
    Job("clearsessions", every=24 * HOURS, command=True),
    Job("prune_db_task_results", every=24 * HOURS, command=True, options=PRUNE),
]
