"""Blocked words and domains are found however they are written. Needs no database."""

from __future__ import annotations

import pytest

from discussion.text.blocklists import (
    extract_links,
    find_blocked_domain,
    find_blocked_word,
    host_of,
    normalize,
)


def test_case_width_and_invisible_characters_make_no_difference():
    assert normalize("  Ca\u00adsi\u200bNO\n\uff22us ") == "casino bus"


@pytest.mark.parametrize(
    "text", ["Buy PILLS now", "pills", "Pi\u200blls!", "(pills)", "\uff50\uff49\uff4c\uff4c\uff53"]
)
def test_a_blocked_word_is_found_however_it_is_written(text):
    assert find_blocked_word(text, ["", "casino", "pills"]) == "pills"


@pytest.mark.parametrize("text", ["spills", "pillsbury", "pill s", ""])
def test_a_blocked_word_within_another_word_is_no_match(text):
    assert find_blocked_word(text, ["pills"]) is None


def test_a_blocked_phrase_is_found_across_line_ends():
    assert find_blocked_word("act\n  now", ["act now"]) == "act now"


def test_links_are_extracted_as_they_will_be_followed():
    html = '<p><a href="https://a.example/?x=1&amp;y=2" rel="x">a</a> <a href="mailto:b@b.example">b</a>'

    assert extract_links(html) == ["https://a.example/?x=1&y=2", "mailto:b@b.example"]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x",
        "HTTP://EVIL.example:8080",
        "https://www.evil.example.",
        "someone@Evil.example",
    ],
)
def test_a_blocked_domain_is_found_in_links_and_e_mail_addresses(address):
    assert (
        find_blocked_domain(["https://good.example", address], ["bad.example", ".Evil.example "])
        == ".Evil.example "
    )


@pytest.mark.parametrize(
    "address", ["https://notevil.example", "https://evil.example.org", "https://good.example/evil.example"]
)
def test_a_domain_that_only_looks_alike_is_not_blocked(address):
    assert find_blocked_domain([address], ["evil.example"]) is None


def test_an_empty_line_of_the_list_blocks_nothing():
    assert find_blocked_domain(["https://good.example", "no address"], ["", " . "]) is None


def test_a_broken_address_has_no_host():
    assert (host_of("https://[broken/"), host_of("")) == ("", "")
