"""The pages a person sees: account chooser, errors, sent e-mails."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from http import HTTPStatus

from demo.stand_in.emails import SentEmail
from demo.stand_in.people import FAILURES, FORGERIES, PEOPLE, Person
from demo.stand_in.responses import Response

URL = re.compile(r"https?://[^\s<>\"']+")
TRAILING = ".,;:!?)]}"


def page(title: str, body: str, status: int = HTTPStatus.OK) -> Response:
    return Response(
        f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<p class="banner"><strong>Demo.</strong> This page runs on your own machine. No real provider or account
is used.</p>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
""",
        status=status,
    )


def account_chooser(provider: str, params: dict[str, str], *, signs: bool) -> Response:
    """Ask who signs in; ``params`` go into hidden fields and are checked again when posted.

    ``signs`` says whether the provider gives ID tokens, which can be forged.
    """
    failures = [*FAILURES, *(FORGERIES if signs else [])]
    hidden_fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in params.items()
    )
    return page(
        f"Stand-in for {provider}",
        f"""<p>Here {escape(provider)} would ask you to sign in and to share your profile with the site.
Choose a test account instead.</p>
<form method="post">{hidden_fields}
<h2>Sign in as</h2>
<ul>{"".join(_person(person) for person in PEOPLE)}</ul>
<h2>Or simulate a problem</h2>
<ul>{"".join(_button(failure.id, failure.about, "") for failure in failures)}</ul>
</form>
<form method="post">{hidden_fields}
<h2>Or use a new account</h2>
<p><label>Name <input name="name" maxlength="500"></label></p>
<p><label>E-mail address <input name="email" maxlength="200" inputmode="email"></label></p>
<p><label><input type="checkbox" name="verified" checked> E-mail address is verified</label></p>
<p><button name="choice" value="new">Sign in with a new account</button></p>
</form>""",
    )


def _person(person: Person) -> str:
    return _button(
        person.id,
        person.name or "Account without a name",
        f"{person.email or 'no e-mail address'}: {person.about}",
    )


def _button(choice: str, label: str, about: str) -> str:
    id = f"about-{choice}"
    note = f' <small id="{id}">{escape(about)}</small>' if about else ""
    described = f' aria-describedby="{id}"' if about else ""
    words = f'<bdi class="name">{escape(label)}</bdi>'
    return f'<li><button name="choice" value="{escape(choice)}"{described}>{words}</button>{note}</li>'


def error_page(message: str) -> Response:
    return page("Can’t continue signing in", f"<p>{escape(message)}</p>", HTTPStatus.BAD_REQUEST)


def not_found() -> Response:
    return page("Page not found", '<p><a href="/">About this server</a></p>', HTTPStatus.NOT_FOUND)


def server_error() -> Response:
    return page("Server error", "<p>This error is simulated.</p>", HTTPStatus.INTERNAL_SERVER_ERROR)


def home_page(sites: Iterable[str]) -> Response:
    links = " or ".join(f'<a href="{escape(site)}/">{escape(site)}</a>' for site in sites)
    return page(
        "Stand-in identity provider",
        f"""<p>This server stands in for Google, Microsoft, Facebook, X, WordPress.com, and an OpenID Connect
server for the
demo site at {links}. Click a sign-in button there to come here.</p>
<p><a href="/letters/">E-mails the site has sent</a></p>""",
    )


def emails_page(emails: list[SentEmail], *, has_folder: bool) -> Response:
    """List ``emails`` in the given order; ``has_folder`` says whether there is a folder to read."""
    if not has_folder:
        body = "<p>The stand-in was started without an e-mail folder (--mail).</p>"
    elif not emails:
        body = "<p>No e-mails yet. Do something on the site that sends one, then reload this page.</p>"
    else:
        body = "".join(_email(number, email) for number, email in enumerate(emails, start=1))
    return page("E-mails the site has sent", f"<p>Newest first. They were not delivered to anyone.</p>{body}")


def _email(number: int, email: SentEmail) -> str:
    return f"""<article aria-labelledby="email-{number}">
<h2 id="email-{number}">{escape(email.subject or "(no subject)")}</h2>
<p><small>To {escape(email.to)}, {escape(email.date)}</small></p>
<div class="email">{_linked(email.text)}</div>
</article>"""


def _linked(text: str) -> str:
    """Escape ``text`` and make its web addresses links."""
    parts, end = [], 0
    for match in URL.finditer(text):
        url = match.group().rstrip(TRAILING)
        parts.append(escape(text[end : match.start()]))
        parts.append(f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>')
        end = match.start() + len(url)
    return "".join([*parts, escape(text[end:])])
