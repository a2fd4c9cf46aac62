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

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def number(self, provider: str) -> str:
        """Return the account's number with ``provider``, the same at every start."""
        digest = hashlib.sha256(f"{provider}:{self.id}".encode()).hexdigest()
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


def person(id: str) -> Person | None:
    return next((one for one in PEOPLE if one.id == id), None)


def mishap(id: str) -> Mishap | None:
    return next((one for one in MISHAPS if one.id == id), None)
