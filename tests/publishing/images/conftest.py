"""What the tests of images share."""

from __future__ import annotations

import pytest

from publishing.models import SiteImage
from tests.support.images import make_image
from tests.support.paper_files import make_editor


@pytest.fixture
def editor(client):
    client.force_login(make_editor())
    return client


@pytest.fixture
def image(run_on_commit) -> SiteImage:
    with run_on_commit():
        made = make_image("A bus")
    made.refresh_from_db()
    return made
