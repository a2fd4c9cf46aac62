"""How many modules a reader of the code opens to follow a comment, or an edit, to the database."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from discussion.models import Comment
from tests.support.comments import make_comment, post_comment, post_guest_comment
from tests.support.factories import make_post, make_user
from tests.support.paths import ROOT

pytestmark = pytest.mark.django_db

POSTING, EDITING = "discussion/posting/views.py", "discussion/editing/views.py"
MAX_FILES, MAX_RETURNS = 8, 4


def path_of(filename: str) -> str:
    """Return the path of a module of ours as docs/architecture.md writes it; empty for any other."""
    path = Path(filename)
    return str(path.relative_to(ROOT / "site")) if path.is_relative_to(ROOT / "site") else ""


def file_of(frame: FrameType) -> str:
    """Return the module of a frame; not the one that every SQL statement passes, whoever makes it."""
    path = path_of(frame.f_code.co_filename)
    return "" if path.startswith("pagecache/") else path


def owner_of(frame: FrameType) -> str:
    """Return the module of the form or model for which Django runs this frame; empty where it isn't ours."""
    module = sys.modules.get(type(frame.f_locals.get("self")).__module__)
    return path_of(getattr(module, "__file__", None) or "")


def caller_of(frame: FrameType) -> str:
    """Return the module of ours that caused this call, through however many frames of Django's."""
    above = frame.f_back
    while above is not None:
        if caller := file_of(above) or owner_of(above):
            return caller
        above = above.f_back
    return ""


class Flow:
    """The modules that the view calls, in order; a module called several times in a row counts once."""

    def __init__(self, views: str, entry: str) -> None:
        self.views, self.entry = views, entry
        self.files: list[str] = []

    def __enter__(self) -> Flow:
        sys.setprofile(self.see)
        return self

    def __exit__(self, *error: object) -> None:
        sys.setprofile(None)

    def see(self, frame: FrameType, event: str, argument: Any) -> None:
        is_import = frame.f_code.co_name == "<module>"
        if event != "call" or is_import or not (file := file_of(frame)):
            return
        enters = file == self.views and frame.f_code.co_name == self.entry
        if enters or (file != self.views and caller_of(frame) == self.views):
            called = caller_of(frame) if enters else file
            if not self.files or self.files[-1] != called:
                self.files.append(called)

    @property
    def returns(self) -> int:
        """How often the flow comes back to a module that it had left."""
        return len(self.files) - len(set(self.files))


def check(flow: Flow) -> None:
    passed = {flow.views, *flow.files}
    assert flow.views.replace("views", "forms") in passed
    assert any(path.startswith("discussion/models/") for path in passed)
    assert len(passed) <= MAX_FILES, "\n".join(flow.files)
    assert flow.returns <= MAX_RETURNS, flow.files


def test_a_members_comment_passes_few_modules(client):
    page = make_post()
    client.force_login(make_user())

    with Flow(POSTING, "post") as flow:
        post_comment(client, page)

    assert Comment.objects.count() == 1
    check(flow)


def test_a_guests_comment_passes_few_modules(client):
    page = make_post()

    with Flow(POSTING, "post") as flow:
        post_guest_comment(client, page)

    assert Comment.objects.count() == 1
    check(flow)


def test_an_edit_passes_few_modules(client):
    comment = make_comment(text="First words.")
    client.force_login(comment.user)

    with Flow(EDITING, "edit") as flow:
        client.post(f"/discussion/edit/{comment.pk}/", {"comment": "Other words."})

    comment.refresh_from_db()
    assert comment.comment == "Other words."
    check(flow)
