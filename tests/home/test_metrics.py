"""The figures for Prometheus, and who gets them."""

from __future__ import annotations

import re

import pytest

from tests.support.page_cache import ask, make_cache

pytestmark = pytest.mark.django_db
TOKEN = {"Authorization": "Bearer a-long-token"}


@pytest.fixture
def _with_token(settings, tmp_path):
    settings.METRICS_TOKEN = "a-long-token"
    settings.PAGE_CACHE_FOLDER = tmp_path


def value(response, name: str) -> int:
    return int(re.search(rf"^{name} (\d+)$", response.content.decode(), re.MULTILINE)[1])


@pytest.mark.usefixtures("_with_token")
def test_what_the_processes_have_counted_is_summed_up(client, tmp_path):
    one, two = make_cache(tmp_path), make_cache(tmp_path)
    for process in (one, two):
        for _ in range(3):
            ask(process, "/robots.txt")

    response = client.get("/metrics", headers=TOKEN)

    assert response["Content-Type"].startswith("text/plain; version=0.0.4")
    assert (
        value(response, "colloquy_page_cache_misses_total") == 1
    )  # the second finds what the first rendered
    assert value(response, "colloquy_page_cache_hits_total") == 5
    assert value(response, "colloquy_page_cache_entries") == 2
    assert value(response, "colloquy_page_cache_bytes") > 1_000
    assert response["Cache-Control"].endswith("private")


@pytest.mark.usefixtures("_with_token")
def test_every_metric_is_explained_and_typed(client):
    lines = client.get("/metrics", headers=TOKEN).content.decode().splitlines()

    names = {line.split()[0] for line in lines if not line.startswith("#")}
    assert len(names) == 6
    assert {line.split()[2] for line in lines if line.startswith("# HELP")} == names
    assert {line.split()[2] for line in lines if line.startswith("# TYPE")} == names


@pytest.mark.usefixtures("_with_token")
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer another"}])
def test_nobody_without_the_token_learns_that_there_are_any(client, headers):
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}])
def test_where_no_token_is_set_nobody_gets_any(client, settings, headers):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers=headers).status_code == 404
