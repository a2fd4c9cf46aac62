"""A variable is read as what it should be, or refused by its name."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("SOME_VARIABLE", value)


def test_an_empty_variable_counts_as_absent(given):
    given("  ")

    assert env.text("SOME_VARIABLE", "default") == "default"
    assert env.flag("SOME_VARIABLE", default=True)
    assert env.number("SOME_VARIABLE", default=7) == 7
    assert env.csv("SOME_VARIABLE") == []
    assert env.pairs("SOME_VARIABLE") == {}


def test_values_are_read_without_the_spaces_around_them(given):
    given(" one , two,, ")
    assert env.csv("SOME_VARIABLE") == ["one", "two"]

    given(" one=1  other=a=b ")
    assert env.pairs("SOME_VARIABLE") == {"one": "1", "other": "a=b"}

    given(" https://www.example.org/ ")
    assert env.origin("SOME_VARIABLE", "") == "https://www.example.org"


READERS = {
    "flag": lambda: env.flag("SOME_VARIABLE", default=True),
    "choice": lambda: env.choice("SOME_VARIABLE", "one", among=["one", "two"]),
    "number": lambda: env.number("SOME_VARIABLE", default=0),
    "pairs": lambda: env.pairs("SOME_VARIABLE"),
    "origin": lambda: env.origin("SOME_VARIABLE", ""),
}


@pytest.mark.parametrize(("reader", "value"), [
    ("flag", "true"), ("flag", "YES"), ("choice", "three"), ("number", "-1"), ("number", "1.5"),
    ("pairs", "one"), ("pairs", "one="), ("origin", "www.example.org"), ("origin", "ftp://example.org"),
    ("origin", "https://example.org/blog"), ("origin", "https://example.org?a=b"),
])  # fmt: skip
def test_any_other_value_is_refused_by_the_name_of_its_variable(given, reader, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match=r"^SOME_VARIABLE is '"):
        READERS[reader]()


def test_a_secret_key_is_generated_once_and_only_where_it_may_be(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        env.secret_key(tmp_path, may_generate=False)

    key = env.secret_key(tmp_path, may_generate=True)

    assert env.secret_key(tmp_path, may_generate=True) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    monkeypatch.setenv("SECRET_KEY", "given")
    assert env.secret_key(tmp_path, may_generate=True) == "given"


def test_private_and_public_files_never_share_a_folder():
    for address in ("file:///srv/files", "s3://bucket?endpoint_url=https://s3.example.org"):
        storages = env.storages(address, media_url="/media/")

        private, public = (storages[name]["OPTIONS"] for name in ("default", "public"))
        assert private["location"].endswith("private")
        assert public["location"].endswith("public")


@pytest.mark.parametrize("address", ["", "file://", "s3://", "ftp://example.org", "/srv/files"])
def test_files_are_kept_in_a_folder_or_a_bucket_and_nowhere_else(address):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        env.storages(address, media_url="/media/")
