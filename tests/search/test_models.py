"""The rows of the search table."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from search.models import Entry
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


def test_there_is_one_entry_for_each_thing_of_a_page():
    post = make_post()
    Entry.objects.create(kind=Entry.Kind.COMMENT, page=post, number=7)
    Entry.objects.create(kind=Entry.Kind.COMMENT, page=post, number=8)

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(kind=Entry.Kind.COMMENT, page=post, number=7)


def test_an_entry_is_named_by_kind_page_and_number():
    assert str(Entry(kind=Entry.Kind.PDF_PAGE, page_id=3, number=14)) == "sheet 3 14"
    assert str(Entry(kind=Entry.Kind.POST, page_id=3)) == "post 3"
