"""manage.py prepare_site"""

from __future__ import annotations

import logging
import os
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

DEMO_ADMIN = "admin@example.org"


class Command(BaseCommand):
    help = "Brings the database, initial pages, static files and demo content up to date. Safe to repeat."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # Only errors and warnings are worth a line here.
        logging.disable(logging.INFO)
        try:
            self.prepare()
        finally:
            logging.disable(logging.NOTSET)

    def prepare(self) -> None:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        self.migrate()
        call_command("setup_site", verbosity=0, stdout=StringIO())
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.DEMO:
            self.load_demo()

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.report(f"Setting up the database: {len(plan)} steps, about half a minute …")
            call_command("migrate", verbosity=0, interactive=False)

    def load_demo(self) -> None:
        """Load the demo content, unless its accounts exist, which are created last."""
        loaded = Path(settings.DATA_DIR) / "demo_loaded"
        if loaded.exists() and get_user_model().objects.filter(email=DEMO_ADMIN).exists():
            return
        self.report("Loading the demo content …")
        # The output has the password, which is known if it was given.
        has_password = "DEMO_ADMIN_PASSWORD" in os.environ
        call_command("load_demo", stdout=StringIO() if has_password else self.stdout)
        loaded.touch()

    def report(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
