"""A real Chromium for tests that play people; asks no other host for anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
]  # fmt: skip

# A status we mean to give (a refusal, a missing page) is told by the browser as an error, and
# Wagtail's checker of drafts writes its findings to the console.
MEANT = ("Failed to load resource", "axe.run results")

expect.set_options(timeout=15_000)


def chromium() -> str | None:
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
        None,
    )


def skip_without_chromium() -> None:
    if chromium() is None:
        message = "No Chromium on the path: the browser tests were not run."
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)


@contextmanager
def started() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def person(
    browser: Browser,
    *,
    javascript: bool = True,
    width: int = 1280,
    dark: bool = False,
    elsewhere: tuple[str, ...] = (),
) -> Iterator[Page]:
    """Give somebody a fresh browser; whatever it complains of on our pages fails the test.

    ``elsewhere`` begins the addresses of other hosts that a test answers itself, by ``page.route``.
    """
    context: BrowserContext = browser.new_context(
        java_script_enabled=javascript,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        locale="en-US",
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            foreign.append(asked.url)
            if not asked.url.startswith(("http://127.0.0.1", "data:", "blob:", "about:", *elsewhere))
            else None
        ),
    )
    yield page
    context.close()
    assert not foreign, f"Requests to other hosts: {foreign}"
    assert not [words for words in complaints if not words.startswith(MEANT)], complaints
