from __future__ import annotations

from django.apps import apps as rooms
from django.contrib.auth.management import create_permissions
from django.db import migrations

from home.permissions import GROUPS, global_permissions


def give(apps, schema_editor) -> None:
    # Otherwise rights are entered after the last migration, and nobody could be given any here.
    for room in rooms.get_app_configs():
        create_permissions(room, verbosity=0)
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name in GROUPS:
        group.objects.get_or_create(name=name)[0].permissions.add(*permission.objects.filter(global_permissions(name)))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
