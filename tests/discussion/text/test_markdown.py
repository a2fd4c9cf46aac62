"""What commenters type comes out safe, plain and quickly."""

from __future__ import annotations

import re
import time

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.text.markdown import ATTRIBUTES, MAX_LENGTH, TAGS, is_empty, render

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<svg><p><style><g title="</style><img src onerror=alert(1)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>",
    "<style>@import 'https://evil.example'</style>",
    "<form action=https://evil.example><button>Sign in</button></form>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](//evil.example)",
    "[x](mailto:a@example.org)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](https://evil.example/pixel.png)",
    '![x](x"onerror="alert(1))',
    '[x](https://a.example "title\\" onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    'https://a.example/"onmouseover=alert(1)',
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"onclick=alert(1)\nx\n```',
    "# heading\n\n## another\n\ntitle\n=====",
    "| a | b |\n|---|---|\n| c | d |",
    "<!-- --><script>alert(1)</script>",
    "<x onclick=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<<script>script>alert(1)</script>",
    "[a]: javascript:alert(1)\n\n[a]",
    "\u202e<script>",
    "*<b onmouseover=alert(1)>*",
]
MADE = re.compile(r"<(/?)([a-z0-9]+)((?:\s[^>]*)?)>")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_hostile_survives(payload):
    html = render(payload)

    for _, tag, attributes in MADE.findall(html):
        assert tag in TAGS
        assert re.fullmatch(
            r'( (href="https?://[^"]*"|rel="nofollow ugc noopener"|start="\d+"))*', attributes
        )
    assert html == nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel="nofollow ugc noopener")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c\n4. d", "<p>3. c<br>\n4. d</p>"),
        ("AT&T < 3", "<p>AT&amp;T &lt; 3</p>"),
        (
            "[MOEC](https://moec.example/)",
            '<p><a href="https://moec.example/" rel="nofollow ugc noopener">MOEC</a></p>',
        ),
        (
            "see https://moec.example.",
            '<p>see <a href="https://moec.example" rel="nofollow ugc noopener">https://moec.example</a>.</p>',
        ),
        ("write to joan@example.org", "<p>write to joan@example.org</p>"),
        ("# not a heading", "<p># not a heading</p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("", ""),
    ],
)
def test_a_commenters_markdown_is_what_they_expect(text, html):
    assert render(text) == html


HOSTILE = {
    "stars": "*",
    "half emphasis": "*a_",
    "brackets": "[",
    "links": "[a](",
    "images": "![",
    "quotes": "> ",
    "lists": "- ",
    "numbers": "1. ",
    "ticks": "`",
    "tags": "<",
    "comments": "<!--",
    "schemes": "http://",
    "hosts": "www.",
    "mails": "a@",
    "entities": "&#",
    "backslashes": "\\",
    "spaces": " ",
    "fences": "```\n",
    "empty links": "[](",
    "dots": "a.",
    "both": "**x ",
    "nested": "> - ",
    "autolinks": "<a:",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_of_full_length_takes_no_time_to_speak_of(name):
    text = (HOSTILE[name] * MAX_LENGTH)[:MAX_LENGTH]

    began = time.process_time()
    render(text)

    assert time.process_time() - began < 2


@given(st.text(alphabet=st.sampled_from("ab*_`[]()<>!#&\\ \n-1.:/\"'"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_rendered_html_is_clean_whatever_was_typed(text):
    html = render(text)

    assert html == nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel="nofollow ugc noopener")


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("“https://example.org/a” now", "https://example.org/a", "” now"),
        ("https://example.org/a… more", "https://example.org/a", "… more"),
        ("https://example.org/a—really", "https://example.org/a", "—really"),
        ("https://example.org’s page", "https://example.org", "’s page"),
        ("«https://example.org/a»", "https://example.org/a", "»"),
        ("https://example.org/a。次", "https://example.org/a", "。次"),
        ("https://example.org/a\uff0cb", "https://example.org/a", "\uff0cb"),
        ("(https://example.org/a).", "https://example.org/a", ")."),
        ("https://example.org/a.”", "https://example.org/a", ".”"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)", ""),
        ("https://example.org/a\u061f", "https://example.org/a", "\u061f"),
        ("https://example.org/a\u060c b", "https://example.org/a", "\u060c b"),
        ("https://example.org/a\u0964", "https://example.org/a", "\u0964"),
        ("https://example.org/a\uff61", "https://example.org/a", "\uff61"),
        ("https://example.org/a\u2015b", "https://example.org/a", "\u2015b"),
        ("https://example.org/a\u203c", "https://example.org/a", "\u203c"),
        ("https://example.org/a\u200b", "https://example.org/a", "\u200b"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text, address, rest):
    assert f'<a href="{address}" rel="nofollow ugc noopener">{address}</a>{rest}</p>' in render(text)


@pytest.mark.parametrize(
    "text", ["1986. A great year", "text\n2. two", "17) times", "- 1986. Great", "> 7. b"]
)
def test_a_number_at_the_beginning_of_a_sentence_is_no_list(text):
    assert "<ol" not in render(text)
    assert text.splitlines()[-1].lstrip("->").strip() in render(text)


@pytest.mark.parametrize(("text", "items"), [("1. a\n2. b\n3. c", 3), ("0. a\n1. b", 2), ("1) a\n2) b", 2)])
def test_a_list_that_begins_at_one_or_zero_is_a_list(text, items):
    assert render(text).count("<li>") == items


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("5*3*2", "<p>5*3*2</p>"),
        ("2*x*3", "<p>2*x*3</p>"),
        ("10**6 and 10**9", "<p>10**6 and 10**9</p>"),
        ("*all* and **more**", "<p><em>all</em> and <strong>more</strong></p>"),
        ("*5* and 3*", "<p><em>5</em> and 3*</p>"),
    ],
)
def test_a_product_keeps_its_stars(text, html):
    assert render(text) == html


def test_an_address_keeps_the_signs_of_words_in_other_languages():
    for name in ("paral·lel", "ジョン・スミス"):
        assert render(f"https://example.org/{name} x").endswith(f"{name}</a> x</p>")


def test_a_link_to_a_page_of_this_site_is_a_link():
    assert '<a href="/house-rules/"' in render("[House rules](/house-rules/)")
    for elsewhere in ("//evil.example", "/\\evil.example"):
        assert 'href="//' not in render(f"[x]({elsewhere})")
        assert 'href="/\\' not in render(f"[x]({elsewhere})")


@pytest.mark.parametrize(
    "text", [">", "-", "- \n- ", "> -", "\u200b\u2060", "\u00ad", "\u2800", "\U000e0020", "&nbsp;", "\u3164"]
)
def test_what_shows_nothing_is_empty(text):
    assert is_empty(render(text))


@pytest.mark.parametrize("text", ["a", "> a", "- 1", "`-`", "&lt;", "👍", "…"])
def test_what_shows_something_is_not(text):
    assert not is_empty(render(text))
