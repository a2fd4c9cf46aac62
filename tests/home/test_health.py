"""Whether the site says truly how it is, and nobody keeps the answer."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from home import heartbeats

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_never_kept(client, path):
    response = client.get(path)

    assert response.status_code == HTTPStatus.OK
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_answers_by_plain_http_where_all_else_is_sent_to_https(settings, path):
    settings.SECURE_SSL_REDIRECT = True
    client = Client()

    assert client.get("/about/").status_code == HTTPStatus.MOVED_PERMANENTLY
    assert client.get(path).status_code == HTTPStatus.OK


def test_a_sound_site_is_ready(client):
    findings = client.get("/readyz").json()

    assert (findings["database"], findings["migrations"], findings["cache"]) == ("up", "applied", "up")


def test_a_site_whose_code_is_ahead_of_its_database_is_not_ready(client):
    MigrationRecorder(connection).record_unapplied("mail", "0001_initial")

    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json()["migrations"] == "1 missing"


def test_a_site_without_its_database_is_alive_but_not_ready(client, monkeypatch):
    def gone(*args: object) -> None:
        raise OperationalError("no route to host")

    monkeypatch.setattr(connection, "ensure_connection", gone)
    monkeypatch.setattr(connection, "cursor", gone)

    assert client.get("/healthz").status_code == HTTPStatus.OK
    response = client.get("/readyz")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json()["database"] == "down"


@pytest.mark.parametrize(
    "backend",
    [
        {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
    ],
    ids=["keeps nothing", "does not answer"],
)
def test_a_site_without_its_cache_is_not_ready(client, settings, backend):
    settings.CACHES = {"default": backend}

    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json()["cache"] == "down"


def test_missing_heartbeats_are_told_but_do_not_count(client):
    with heartbeats.beating("worker:one", heartbeats.WORKER):
        heartbeats.beat(heartbeats.WORKER)
        response = client.get("/readyz")

    assert response.status_code == HTTPStatus.OK
    assert response.json()["seconds_since_heartbeat"] == {"worker": 0, "scheduler": None}
