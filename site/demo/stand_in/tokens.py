"""What a code stands for, and the ID token made of it, true or false."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from demo.stand_in.endpoints import client_id, issuer
from demo.stand_in.keys import Signer
from demo.stand_in.people import PEOPLE, Person
from demo.stand_in.profiles import claims

TOKEN_LIVES = 600  # seconds


@dataclass(frozen=True)
class Grant:
    """What one code stands for."""

    provider: str
    person: Person
    redirect: str
    challenge: str = ""
    nonce: str = ""
    mishap: str = ""


def id_token(signer: Signer, grant: Grant, *, base: str) -> str:
    """Return the ID token for ``grant``; ``base`` is the stand-in's own origin."""
    said = {**true_claims(grant, base=base), **false_claims(grant, base=base)}
    if grant.mishap == "forged":
        return signer.forge(said)
    if grant.mishap == "unsigned":
        return signer.leave_unsigned(said)
    return signer.sign(said)


def true_claims(grant: Grant, *, base: str) -> dict[str, object]:
    now = int(time.time())
    about = {} if grant.mishap == "incomplete" else claims(grant.person, grant.provider)
    nonce = {"nonce": grant.nonce} if grant.nonce else {}
    return {
        "iss": issuer(base, grant.provider),
        "aud": client_id(grant.provider),
        "iat": now,
        "exp": now + TOKEN_LIVES,
        "jti": str(uuid.uuid4()),
        **nonce,
        **about,
    }


def false_claims(grant: Grant, *, base: str) -> dict[str, object]:
    """Return what is said instead of the truth when that is what goes wrong."""
    lies: dict[str, dict[str, object]] = {
        "stale": {"iat": 1, "exp": 2},
        "other-site": {"aud": "somebody-elses-site"},
        "other-server": {"iss": f"{base}/elsewhere"},
        "replayed": {"nonce": "of-another-visit"},
        "swapped": {"sub": PEOPLE[-1].number(grant.provider)},
    }
    return lies.get(grant.mishap, {})
