"""Who may sign in through the stand-in, and what may go wrong on the way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody who holds an account with every provider at once.

    ``verified`` is the provider's claim about the address; Microsoft and
    Facebook make none, and X gives no address at all.
    """

    id: str
    about: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    verified: bool = False
    account: str = ""  # whose account it is, where that is somebody else's in this list

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def number(self, provider: str) -> str:
        """Return the account's number with ``provider``, the same at every start."""
        digest = hashlib.sha256(f"{provider}:{self.account or self.id}".encode()).hexdigest()
        return str(int(digest[:14], 16))


@dataclass(frozen=True)
class Mishap:
    """Something that goes wrong on demand."""

    id: str
    about: str


_LONG = " ".join(["Maximiliana Wilhelmina Theodora"] * 12)

PEOPLE = [
    Person(
        "maria",
        "address verified by the provider",
        "Maria",
        "Alvarez",
        "maria.alvarez@example.com",
        verified=True,
    ),
    Person("thomas", "address not verified", "Thomas", "Becker", "thomas.becker@example.com"),
    Person("dana", "gives no e-mail address", "Dana", "Whitfield"),
    Person("nameless", "gives no name", "", "", "r.osei@example.com", verified=True),
    Person(
        "long",
        "a name that is far too long",
        _LONG,
        "Featherstonehaugh",
        "long.name@example.com",
        verified=True,
    ),
    Person("layla", "a name in another script", "ليلى", "حداد", "layla.haddad@example.com", verified=True),
    Person(
        "moved",
        "the account of Maria Alvarez, whose address there has changed",
        "Maria",
        "Alvarez",
        "maria.moved@example.com",
        verified=True,
        account="maria",
    ),
    Person(
        "namesake",
        "another account, to which the address of Maria Alvarez was given anew",
        "Mario",
        "Alvarez",
        "maria.alvarez@example.com",
        verified=True,
    ),
]

MISHAPS = [
    Mishap("denied", "I change my mind and say no"),
    Mishap("expired", "The code is too old when it arrives"),
    Mishap("wrong-state", "The answer belongs to another visit"),
    Mishap("unknown-error", "The provider reports an error"),
    Mishap("error", "The provider breaks down (500)"),
    Mishap("slow", "The provider takes too long"),
    Mishap("broken", "The provider answers with broken data"),
    Mishap("incomplete", "The provider does not say who I am"),
]

# Only where ID tokens are signed.
FORGERIES = [
    Mishap("forged", "The ID token is signed by somebody else"),
    Mishap("unsigned", "The ID token is not signed"),
    Mishap("stale", "The ID token is too old"),
    Mishap("other-site", "The ID token was made for another site"),
    Mishap("other-server", "The ID token was made by another server"),
    Mishap("replayed", "The ID token was made for another visit"),
    Mishap("swapped", "The ID token speaks of somebody else than the profile"),
    Mishap("no-token", "There is no ID token"),
]


def person(id: str) -> Person | None:
    return next((one for one in PEOPLE if one.id == id), None)


def newcomer(name: str, email: str, *, verified: bool) -> Person:
    """Return somebody made up on the spot; the same name and address are the same person again."""
    mark = hashlib.sha256(f"{name}\n{email}".encode()).hexdigest()[:12]
    return Person(f"new-{mark}", "", name.strip(), "", email.strip(), verified=verified)


def mishap(id: str) -> Mishap | None:
    return next((one for one in [*MISHAPS, *FORGERIES] if one.id == id), None)
