"""One command runs the whole site, keeps it alive and ends it in good order."""

from __future__ import annotations

import shutil
import socket
from urllib.request import urlopen

import pytest
from django.db import connection

from config import run_site
from tests.support import databases
from tests.support.processes import eventually, only_linux, started


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("variable", ["PORT", "STAND_IN_PORT"])
def test_a_port_in_use_is_named_with_its_variable(settings, variable):
    settings.PORT, settings.STAND_IN_PORT = free_port(), free_port()
    with socket.create_server(("127.0.0.1", 0)) as busy:
        setattr(settings, variable, busy.getsockname()[1])

        with pytest.raises(
            run_site.StartError, match=rf"already in use. Choose another one with {variable}="
        ):
            run_site.check_ports("127.0.0.1")


@pytest.mark.parametrize(
    ("port", "stand_in_port", "words"),
    [(70_000, 8001, "PORT is 70000"), (8000, 0, "STAND_IN_PORT is 0"), (8000, 8000, "are the same")],
)
def test_a_port_that_cannot_be_is_refused(settings, monkeypatch, port, stand_in_port, words):
    settings.PORT, settings.STAND_IN_PORT = port, stand_in_port
    monkeypatch.setattr(socket.socket, "bind", lambda *_: None)

    with pytest.raises(run_site.StartError, match=words):
        run_site.check_ports("127.0.0.1")


def test_the_demo_listens_on_this_machine_only(monkeypatch):
    monkeypatch.setenv("LISTEN", "0.0.0.0")

    with pytest.raises(run_site.StartError, match="LISTEN"):
        run_site.listen_address()


def test_the_demo_password_stays_until_another_is_given(tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_ADMIN_PASSWORD", raising=False)
    loaded = tmp_path / "demo_loaded"

    first = run_site.demo_password(tmp_path)
    loaded.touch()
    assert run_site.demo_password(tmp_path) == first
    assert loaded.exists()

    monkeypatch.setenv("DEMO_ADMIN_PASSWORD", "a wren in the hedge")
    assert run_site.demo_password(tmp_path) == "a wren in the hedge"
    assert not loaded.exists()  # so that the accounts get the new one
    assert (tmp_path / "demo_password").stat().st_mode & 0o077 == 0


def test_the_demo_says_where_everything_is(settings):
    settings.PORT, settings.STAND_IN_PORT, settings.EMAIL_FOLDER = 8000, 8001, "/letters"

    words = run_site.announcement({"DEMO_ADMIN_PASSWORD": "a wren in the hedge"})

    assert "http://127.0.0.1:8000/admin/" in words
    assert "http://127.0.0.1:8001/letters/" in words
    assert "moderator@example.org" in words
    assert "a wren in the hedge" in words


def test_a_real_site_says_nothing_of_the_demo(settings):
    settings.DEMO = False

    assert "example.org" not in run_site.announcement({})
    assert "stand-in" not in [program.name for program in run_site.programs("127.0.0.1")]


@only_linux
@pytest.mark.django_db
def test_the_whole_site_starts_answers_and_ends(tmp_path):
    template = databases.FOLDER / f"{databases.digest()}.sqlite3"
    if connection.vendor != "sqlite" or not template.exists():
        pytest.skip("once is enough: this runs with the tests on SQLite")
    shutil.copy(template, tmp_path / "colloquy.sqlite3")
    port, stand_in_port = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"DEMO": "yes", "PORT": str(port), "STAND_IN_PORT": str(stand_in_port), "WEB_CONCURRENCY": "1"}

    with started("-m", "config.run_site", DATA_DIR=str(tmp_path), **settings) as child:
        output = ""
        while "Press Ctrl-C to stop" not in output:
            line = child.stdout.readline()
            assert line, output
            output += line

        assert url in output
        assert urlopen(f"{url}/healthz", timeout=5).status == 200
        assert urlopen(f"http://127.0.0.1:{stand_in_port}/letters/", timeout=5).status == 200
        eventually(lambda: b'"scheduler": null' not in urlopen(f"{url}/readyz", timeout=5).read(), 30)

        child.terminate()
        assert child.wait(25) == 0
        with pytest.raises(OSError):
            urlopen(f"{url}/healthz", timeout=1)
