"""Each provider's profile of a person, in its own format."""

from __future__ import annotations

from demo.stand_in.people import Person

Profile = dict[str, object]


def _without_empty(profile: Profile) -> Profile:
    """Leave out empty values, as the providers do."""
    return {key: value for key, value in profile.items() if value not in ("", None)}


def google(person: Person) -> Profile:
    return _without_empty(
        {
            "id": person.account_id("google"),
            "email": person.email,
            "verified_email": person.verified if person.email else None,
            "name": person.name,
            "given_name": person.given_name,
            "family_name": person.family_name,
        }
    )


def microsoft(person: Person) -> Profile:
    """Microsoft sends null for what it doesn't know."""
    number = person.account_id("microsoft")
    return {
        "id": number,
        "displayName": person.name or None,
        "givenName": person.given_name or None,
        "surname": person.family_name or None,
        "mail": person.email or None,
        # An account without a mailbox has a name that only looks like an address.
        "userPrincipalName": person.email or f"{number}#EXT#",
    }


def facebook(person: Person) -> Profile:
    return _without_empty(
        {
            "id": person.account_id("facebook"),
            "name": person.name,
            "first_name": person.given_name,
            "last_name": person.family_name,
            "email": person.email,
        }
    )


def x(person: Person) -> Profile:
    return {"data": {"id": person.account_id("x"), "name": person.name, "username": f"{person.id}_demo"}}


def wordpress(person: Person) -> Profile:
    return {
        "ID": int(person.account_id("wordpress")),
        "display_name": person.name,
        "username": f"{person.id}demo",
        "email": person.email,
        "email_verified": person.verified,
    }


def claims(person: Person, provider: str) -> Profile:
    """Return what an ID token or an OpenID Connect userinfo says."""
    return _without_empty(
        {
            "sub": person.account_id(provider),
            "name": person.name,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "email": person.email,
            "email_verified": person.verified if person.email else None,
        }
    )


def profile(person: Person, provider: str) -> Profile:
    if provider == "openid_connect":
        return claims(person, provider)
    formats = {"google": google, "microsoft": microsoft, "facebook": facebook, "x": x, "wordpress": wordpress}
    return formats[provider](person)
