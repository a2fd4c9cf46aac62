"""A video in a post: a link that works everywhere, a player in its place once it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from publishing.blocks import VideoBlock
from tests.support import browser
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
POST = "/blog/learning-together/"
PLAYER = "https://player.vimeo.com/"


@contextmanager
def reader_of_a_post_with_a_video(
    chromium: Browser, site: RunningSite, *, javascript: bool = True
) -> Iterator[tuple[Page, list[str]]]:
    """Give a reader the post with a video in it, and what was asked of the player's host."""
    requested: list[str] = []
    block = VideoBlock()
    video = block.render(block.to_python({"url": "https://vimeo.com/76979871", "title": "A committee meets"}))

    def with_the_video(route: Route) -> None:
        each_response = route.fetch()
        opening = '<div class="article__body prose">'
        assert opening in each_response.text()
        route.fulfill(response=each_response, body=each_response.text().replace(opening, opening + video))

    def player(route: Route) -> None:
        requested.append(route.request.url)
        route.fulfill(content_type="text/html", body="<title>Player</title><button>Play</button>")

    with browser.person(chromium, javascript=javascript, elsewhere=(PLAYER,)) as page:
        page.route(f"**{POST}", with_the_video)
        page.route(f"{PLAYER}**", player)
        page.goto(site.url + POST, wait_until="networkidle")
        yield page, requested


def test_a_video_opens_in_its_place_for_those_who_ask(chromium: Browser, site: RunningSite):
    with reader_of_a_post_with_a_video(chromium, site) as (page, requested):
        link = page.get_by_role("link", name="Watch “A committee meets”")
        assert requested == []

        link.focus()
        page.keyboard.press("Enter")

        frame = page.locator("figure.embed iframe")
        expect(frame).to_have_attribute("title", "A committee meets")
        expect(frame).to_have_attribute("sandbox", "allow-scripts allow-same-origin allow-presentation")
        expect(frame).to_be_focused()
        expect(page.frame_locator("figure.embed iframe").get_by_role("button", name="Play")).to_be_visible()
        assert requested == [f"{PLAYER}video/76979871?dnt=1&autoplay=1"]
        expect(link).to_have_attribute("href", "https://vimeo.com/76979871")


def test_a_player_of_another_host_is_not_opened(chromium: Browser, site: RunningSite):
    with reader_of_a_post_with_a_video(chromium, site) as (page, requested):
        page.route("https://vimeo.com/**", lambda route: route.abort())
        page.locator("figure.embed").evaluate(
            "it => { it.dataset.embed = 'https://vimeo.com.example.net/'; }"
        )
        page.locator("figure.embed").evaluate("it => it.addEventListener('click', e => e.preventDefault())")

        page.get_by_role("link", name="Watch “A committee meets”").click()

        expect(page.locator("iframe")).to_have_count(0)
        assert requested == []


def test_without_javascript_a_video_is_a_link(chromium: Browser, site: RunningSite):
    with reader_of_a_post_with_a_video(chromium, site, javascript=False) as (page, requested):
        link = page.get_by_role("link", name="Watch “A committee meets”")

        expect(link).to_have_attribute("href", "https://vimeo.com/76979871")
        assert requested == []
