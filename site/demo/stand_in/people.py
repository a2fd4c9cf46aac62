"""The people who can sign in through the stand-in, and the failures that can be chosen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A person with an account at every provider.

    ``verified`` is the provider's claim about the address; Microsoft and
    Facebook make none, and X gives no address at all.
    """

    id: str
    about: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    verified: bool = False
    account: str = ""  # id of the person in this list who has the same account

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def account_id(self, provider: str) -> str:
        """Return the account's id at ``provider``, the same at every start."""
        digest = hashlib.sha256(f"{provider}:{self.account or self.id}".encode()).hexdigest()
        return str(int(digest[:14], 16))


@dataclass(frozen=True)
class Failure:
    """A failure that can be chosen."""

    id: str
    about: str


_LONG = " ".join(["Maximiliana Wilhelmina Theodora"] * 12)

PEOPLE = [
    Person(
        "maria",
        "e-mail address verified by the provider",
        "Maria",
        "Alvarez",
        "maria.alvarez@example.com",
        verified=True,
    ),
    Person("thomas", "e-mail address not verified", "Thomas", "Becker", "thomas.becker@example.com"),
    Person("dana", "no e-mail address", "Dana", "Whitfield"),
    Person("nameless", "no name", "", "", "r.osei@example.com", verified=True),
    Person(
        "long",
        "a very long name",
        _LONG,
        "Featherstonehaugh",
        "long.name@example.com",
        verified=True,
    ),
    Person("layla", "a name in another script", "ليلى", "حداد", "layla.haddad@example.com", verified=True),
    Person(
        "moved",
        "Maria Alvarez’s account, with a changed e-mail address",
        "Maria",
        "Alvarez",
        "maria.moved@example.com",
        verified=True,
        account="maria",
    ),
    Person(
        "namesake",
        "another account, which now has Maria Alvarez’s e-mail address",
        "Mario",
        "Alvarez",
        "maria.alvarez@example.com",
        verified=True,
    ),
]

FAILURES = [
    Failure("denied", "Cancel"),
    Failure("expired", "The code has expired"),
    Failure("wrong-state", "The response belongs to another sign-in"),
    Failure("unknown-error", "The provider reports an error"),
    Failure("error", "The provider fails (500)"),
    Failure("slow", "The provider times out"),
    Failure("broken", "The provider sends malformed data"),
    Failure("incomplete", "The profile is incomplete"),
]

# Only where ID tokens are signed.
FORGERIES = [
    Failure("forged", "The ID token has a forged signature"),
    Failure("unsigned", "The ID token is not signed"),
    Failure("stale", "The ID token has expired"),
    Failure("other-site", "The ID token was made for another site"),
    Failure("other-server", "The ID token was made by another server"),
    Failure("replayed", "The ID token was made for another sign-in"),
    Failure("swapped", "The ID token names another person than the profile"),
    Failure("no-token", "The ID token is missing"),
]


def person_by_id(id: str) -> Person | None:
    return next((person for person in PEOPLE if person.id == id), None)


def new_person(name: str, email: str, *, verified: bool) -> Person:
    """Return a new person; the same name and address give the same person again."""
    digest = hashlib.sha256(f"{name}\n{email}".encode()).hexdigest()[:12]
    return Person(f"new-{digest}", "", name.strip(), "", email.strip(), verified=verified)


def failure_by_id(id: str) -> Failure | None:
    return next((failure for failure in [*FAILURES, *FORGERIES] if failure.id == id), None)
