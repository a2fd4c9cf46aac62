"""What the room sets going when the site starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PageCacheConfig(AppConfig):
    name = "pagecache"
    verbose_name = _("Page cache")

    def ready(self) -> None:
        from pagecache import changes, sql

        connection_created.connect(sql.install)
        pre_migrate.connect(sql.uninstall, sender=self)
        post_migrate.connect(changes.after_migration, sender=self)
