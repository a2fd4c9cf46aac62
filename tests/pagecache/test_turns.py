"""Who waits for a rendering, and who shares it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse

from pagecache.dependencies import depends_on
from pagecache.turns import Turns
from pagecache.version_table import changed, new_number
from pagecache.versions import version_table
from tests.support.page_cache import NoStore, ask, make_cache

KEY = ("/blog/", "")


def test_one_thread_at_a_time_is_inside_for_each_address_and_nothing_stays():
    turns, inside = Turns(), []

    def work(number):
        with turns.of(KEY):
            inside.append(number)
            assert len(inside) == 1
            time.sleep(0.01)
            inside.remove(number)

    with turns.of(("/papers/", "")), ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
        assert len(turns) == 1

    assert len(turns) == 0


def test_an_address_whose_rendering_fails_can_be_asked_for_again():
    turns = Turns()
    with pytest.raises(ValueError), turns.of(KEY):
        raise ValueError

    with turns.of(KEY):
        assert len(turns) == 1


class Changing:
    """An application whose page has changed by the time that it is rendered."""

    def __init__(self):
        self.rendered, self.first_began = 0, threading.Event()

    def __call__(self, environ, start_response):
        self.rendered += 1
        number = self.rendered
        depends_on("talk/7")
        self.first_began.set()
        time.sleep(0.1)
        version_table().write(changed(["talk/7"], new_number()))
        response = HttpResponse(f"rendering {number}", headers={"Cache-Control": "public"})
        start_response("200 OK", list(response.items()))
        return response


def test_all_who_wait_share_the_next_rendering_though_it_is_out_of_date_by_then(tmp_path):
    application = Changing()
    process = make_cache(tmp_path, application=application, store=NoStore())
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(ask, process, "/blog/")
        application.first_began.wait()
        waiting = [pool.submit(ask, process, "/blog/") for _ in range(8)]
        bodies = [one.result().body for one in waiting]

    # They came while the first was rendered, which may lack what changed before they asked.
    assert first.result().body == b"rendering 1"
    assert bodies == [b"rendering 2"] * 8
    assert application.rendered == 2
    assert ask(process, "/blog/").body == b"rendering 3"
