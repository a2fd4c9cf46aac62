"""The stand-in shows the letters that the site has sent."""

from __future__ import annotations

import os

import pytest

from demo.stand_in.emails import read_emails
from demo.stand_in.provider import Provider
from demo.stand_in.responses import Request
from demo.stand_in.server import Router

SITE = "http://127.0.0.1:8000"
BASE = "http://127.0.0.1:8001"


@pytest.fixture(scope="module")
def oauth() -> Provider:
    return Provider(BASE, [SITE], slow=0)


LINE = "-" * 79
FIRST = f"""Content-Type: text/plain; charset="utf-8"
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
Subject: Please confirm
From: site@example.org
To: ada@example.org
Date: Sun, 22 Mar 2026 12:00:00 -0000

Go to http://127.0.0.1:8000/discussion/confirm/abc:def/ (soon). It’s “yours.”
{LINE}
"""
SECOND = f"""Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64
Subject: =?utf-8?b?w4RuZGVydW5n?=
From: site@example.org
To: =?utf-8?q?J=C3=BCrgen?= <juergen@example.org>

R3LDvMOfZSA8Yj4=
{LINE}
"""


def test_emails_are_read_newest_first(tmp_path):
    (tmp_path / "20260322-1.log").write_text(FIRST + SECOND)

    emails = read_emails(tmp_path)

    assert [email.subject for email in emails] == ["Änderung", "Please confirm"]
    assert emails[0].to == "Jürgen <juergen@example.org>"
    assert emails[0].text == "Grüße <b>"
    assert "It’s “yours.”" in emails[1].text


def test_the_newest_file_comes_first_and_a_mail_file_is_one_email(tmp_path):
    (tmp_path / "old.log").write_text(FIRST)
    (tmp_path / "new.eml").write_text(SECOND.replace(LINE, ""))
    os.utime(tmp_path / "old.log", (1, 1))

    assert [email.subject for email in read_emails(tmp_path)] == ["Änderung", "Please confirm"]
    assert len(read_emails(tmp_path, limit=1)) == 1


def test_what_is_no_email_breaks_nothing(tmp_path):
    (tmp_path / "a.log").write_bytes(b"\xff\xfe\x00 nonsense\n" + LINE.encode() + b"\n")
    (tmp_path / "b.log").write_text("Subject: =?nothing?q?x?=\nContent-Type: text/plain; charset=none\n\nhi")
    (tmp_path / "c.txt").write_text("left alone")

    assert len(read_emails(tmp_path)) == 2
    assert read_emails(tmp_path / "missing") == []


def test_links_in_emails_can_be_followed_and_nothing_else_is_html(oauth, tmp_path):
    (tmp_path / "a.log").write_text(FIRST + SECOND)

    page = Router(oauth, tmp_path).respond(Request("GET", "/letters/", headers={"host": "127.0.0.1"})).body

    link = "http://127.0.0.1:8000/discussion/confirm/abc:def/"
    assert f'<a href="{link}" rel="noreferrer">{link}</a> (soon)' in page
    assert "Grüße &lt;b&gt;" in page


def test_without_a_folder_the_mailbox_says_so(oauth):
    page = Router(oauth).respond(Request("GET", "/letters/", headers={"host": "127.0.0.1"})).body

    assert "without an e-mail folder" in page
