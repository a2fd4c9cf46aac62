"""Parts of a PDF that run, send, fetch or open something outside it, one by one."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Object, String

from papers.pdf.active_parts import ActiveContent
from tests.support.pdf_active import (
    ACTIONS,
    CONTENT,
    PLACES,
    after_a_safe_link,
    an_action,
    cleaned,
    on_a_link,
)

UNSAFE_LINKS = {
    "javascript:app.alert('203.0.113.5')": ActiveContent.JAVASCRIPT,
    " Java\tScript\r:app.alert('203.0.113.5')": ActiveContent.JAVASCRIPT,
    "file://203.0.113.5/share/towns.pdf": ActiveContent.OUTSIDE,
    "smb://203.0.113.5/share": ActiveContent.OUTSIDE,
    "\\\\203.0.113.5\\share": ActiveContent.OUTSIDE,
    "//203.0.113.5/share": ActiveContent.OUTSIDE,
    "data:text/html,203.0.113.5": ActiveContent.OUTSIDE,
    "ms-msdt:/id 203.0.113.5": ActiveContent.OUTSIDE,
    "203.0.113.5.exe": ActiveContent.OUTSIDE,
}
SAFE_LINKS = [
    "https://example.org/h",
    "HTTP://example.org/",
    "mailto:office@example.org?subject=Buses",
    "tel:+14135550100",
    "www.example.org",
    "#page=2",
]


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_leads_outside_does_nothing_any_more(name, tmp_path):
    removed, content = cleaned(tmp_path, on_a_link, an_action(name))

    assert removed == {ACTIONS[name][1]}
    assert b"203.0.113.5" not in content


@pytest.mark.parametrize("name", ["file on a server", "unknown", "send"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_an_action_is_found_wherever_it_is(place, name, tmp_path):
    removed, content = cleaned(
        tmp_path, place, an_action(name), object_stream_mode=pikepdf.ObjectStreamMode.generate
    )

    assert removed == {ACTIONS[name][1]}
    assert b"203.0.113.5" not in content


@pytest.mark.parametrize("address", UNSAFE_LINKS)
def test_a_link_that_is_neither_web_nor_mail_nor_phone_is_removed(address, tmp_path):
    removed, content = cleaned(tmp_path, on_a_link, Dictionary(S=Name.URI, URI=String(address)))

    assert removed == {UNSAFE_LINKS[address]}
    assert b"203.0.113.5" not in content


def test_an_address_in_another_encoding_is_read_as_its_text(tmp_path):
    address = String(b"\xfe\xff" + "javascript:203.0.113.5".encode("utf-16-be"))

    removed, _ = cleaned(tmp_path, on_a_link, Dictionary(S=Name.URI, URI=address))

    assert removed == {ActiveContent.JAVASCRIPT}


@pytest.mark.parametrize("address", SAFE_LINKS)
def test_links_to_web_pages_mailboxes_and_phones_stay(address, tmp_path):
    removed, _ = cleaned(tmp_path, on_a_link, Dictionary(S=Name.URI, URI=String(address)))

    assert removed == set()


@pytest.mark.parametrize(
    "action",
    [
        b"<< /S /GoTo /D (chapter) >>",
        b"<< /S /Named /N /NextPage >>",
        b"<< /S /Thread /D 0 >>",
        b"<< /S /SetOCGState /State [/ON] >>",
        b"<< /S /Hide /T (a) >>",
    ],
)
def test_actions_within_the_file_stay(action, tmp_path):
    removed, _ = cleaned(tmp_path, on_a_link, Object.parse(action))

    assert removed == set()


def test_the_safe_links_around_a_removed_one_stay(tmp_path):
    _, content = cleaned(tmp_path, after_a_safe_link, an_action("send"))

    assert b"https://example.org/" in content


@pytest.mark.parametrize("make", CONTENT, ids=lambda make: make.__name__)
def test_content_that_plays_runs_or_fetches_is_removed(make, tmp_path):
    removed, content = cleaned(tmp_path, make)

    assert CONTENT[make] in removed
    assert not any(word in content for word in (b"203.0.113.5", b"U3D"))
