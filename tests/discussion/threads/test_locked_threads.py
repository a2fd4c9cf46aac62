"""A locked thread can be read and not answered."""

from __future__ import annotations

import re

import pytest

from discussion.models import Comment
from tests.support.comments import make_comment
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_member", [False, True])
def test_a_locked_thread_offers_neither_reply_nor_quote_and_the_others_do(client, is_member):
    locked = make_comment()
    make_comment(reply_to=locked)
    open_thread = make_comment(on=locked.page)
    Comment.objects.filter(pk=locked.pk).update(locked=True)
    if is_member:
        client.force_login(make_user())

    html = client.get(locked.page.url).content.decode()

    assert re.findall(r'href="/discussion/reply/(\d+)/(.*?)"', html) == [
        (str(open_thread.pk), ""),
        (str(open_thread.pk), "?quote=1"),
    ]
