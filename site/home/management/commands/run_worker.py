"""manage.py run_worker"""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from home import heartbeats
from home.orphaned_tasks import heartbeat_name


class Command(DatabaseWorker):
    """django-tasks-db's worker with a heartbeat, so that its tasks are queued again when it dies."""

    help = "Runs tasks from the database and sends a heartbeat while it does."
    requires_system_checks: list[str] = []

    def configure_logging(self, verbosity: int) -> None:
        """Leave the log to the settings."""

    def handle(self, *, worker_id: str, **options: Any) -> None:
        with heartbeats.beating(heartbeat_name(worker_id), heartbeats.WORKER):
            super().handle(worker_id=worker_id, **options)
