"""The pages a person sees: who are you, what went wrong, the letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from http import HTTPStatus

from demo.stand_in.emails import Letter
from demo.stand_in.people import FORGERIES, MISHAPS, PEOPLE, Person
from demo.stand_in.responses import Answer

ADDRESS = re.compile(r"https?://[^\s<>\"']+")
TRAILING = ".,;:!?)]}"


def page(title: str, body: str, status: int = HTTPStatus.OK) -> Answer:
    return Answer(
        f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<p class="banner"><strong>Demo.</strong> This page runs on your own machine. No real provider is asked and
no real account is used.</p>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
""",
        status=status,
    )


def who_are_you(provider: str, wanted: dict[str, str], *, signs: bool) -> Answer:
    """Ask who signs in; ``wanted`` is carried along and checked again on the way back.

    ``signs`` says whether the provider gives ID tokens, which can be forged.
    """
    mishaps = [*MISHAPS, *(FORGERIES if signs else [])]
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in wanted.items()
    )
    return page(
        f"A stand-in for {provider}",
        f"""<p>Here {escape(provider)} would ask you to sign in and whether the site may know who you are.
Choose whom to be instead.</p>
<form method="post">{kept}
<h2>Sign in as</h2>
<ul>{"".join(_person(one) for one in PEOPLE)}</ul>
<h2>Or let something go wrong</h2>
<ul>{"".join(_button(one.id, one.about, "") for one in mishaps)}</ul>
</form>
<form method="post">{kept}
<h2>Or be somebody new</h2>
<p><label>Name <input name="name" maxlength="500"></label></p>
<p><label>Address <input name="email" maxlength="200" inputmode="email"></label></p>
<p><label><input type="checkbox" name="verified" checked> The provider vouches for the address</label></p>
<p><button name="choice" value="new">Sign in as somebody new</button></p>
</form>""",
    )


def _person(one: Person) -> str:
    return _button(one.id, one.name or "Somebody without a name", f"{one.email or 'no address'}: {one.about}")


def _button(choice: str, label: str, about: str) -> str:
    id = f"about-{choice}"
    note = f' <small id="{id}">{escape(about)}</small>' if about else ""
    described = f' aria-describedby="{id}"' if about else ""
    words = f'<bdi class="name">{escape(label)}</bdi>'
    return f'<li><button name="choice" value="{escape(choice)}"{described}>{words}</button>{note}</li>'


def trouble(what: str) -> Answer:
    return page("This sign-in cannot go on", f"<p>{escape(what)}</p>", HTTPStatus.BAD_REQUEST)


def not_found() -> Answer:
    return page("There is no page here", '<p><a href="/">What this is</a></p>', HTTPStatus.NOT_FOUND)


def breakdown() -> Answer:
    return page("The provider broke down", "<p>On purpose.</p>", HTTPStatus.INTERNAL_SERVER_ERROR)


def front(sites: Iterable[str]) -> Answer:
    links = " or ".join(f'<a href="{escape(site)}/">{escape(site)}</a>' for site in sites)
    return page(
        "The stand-in identity provider",
        f"""<p>It plays Google, Microsoft, Facebook, X, WordPress.com and an OpenID Connect server for the
demo site at {links}. Press a sign-in button there and you come here.</p>
<p><a href="/letters/">Letters the site has sent</a></p>""",
    )


def letterbox(letters: list[Letter], *, known: bool) -> Answer:
    """List ``letters`` as given; ``known`` says whether there is a folder to look into."""
    if not known:
        body = "<p>The stand-in was started without a folder of letters.</p>"
    elif not letters:
        body = "<p>No letters yet. Ask the site for one, then load this page again.</p>"
    else:
        body = "".join(_letter(number, letter) for number, letter in enumerate(letters, start=1))
    return page("Letters the site has sent", f"<p>Newest first. None of them left this machine.</p>{body}")


def _letter(number: int, letter: Letter) -> str:
    return f"""<article aria-labelledby="letter-{number}">
<h2 id="letter-{number}">{escape(letter.subject or "(no subject)")}</h2>
<p><small>To {escape(letter.to)}, {escape(letter.date)}</small></p>
<div class="letter">{_linked(letter.text)}</div>
</article>"""


def _linked(text: str) -> str:
    """Escape ``text`` and make its web addresses links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found.group().rstrip(TRAILING)
        parts.append(escape(text[end : found.start()]))
        parts.append(f'<a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>')
        end = found.start() + len(address)
    return "".join([*parts, escape(text[end:])])
