"""A change and its version are committed together, and no version number comes back."""

from __future__ import annotations

import pytest
from django.db import transaction

from pagecache import versions
from pagecache.models import Version

pytestmark = pytest.mark.django_db


def test_what_never_changed_has_no_version():
    assert versions.current("talk/7") is None


def test_every_change_gives_a_new_version():
    numbers = set()
    for _ in range(3):
        versions.bump("talk/7")
        numbers.add(versions.current("talk/7"))

    assert len(numbers) == 3
    assert Version.objects.count() == 1


def test_the_version_is_the_number_of_the_last_change_of_that_name_alone():
    versions.bump("talk/7")
    versions.bump("talk/8")
    versions.bump("talk/7")

    assert versions.current("talk/7") == Version.objects.get(name="talk/7").number
    assert versions.current("talk/8") == Version.objects.get(name="talk/8").number
    assert versions.current("talk/9") is None


def test_a_change_that_is_rolled_back_leaves_no_version():
    with transaction.atomic():
        versions.bump("talk/7")
        transaction.set_rollback(True)

    assert not Version.objects.exists()
