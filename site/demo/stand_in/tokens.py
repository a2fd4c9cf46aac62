"""What a code stands for, and the ID token made from it, valid or forged."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from demo.stand_in.endpoints import client_id, issuer
from demo.stand_in.keys import Signer
from demo.stand_in.people import PEOPLE, Person
from demo.stand_in.profiles import claims

TOKEN_MAX_AGE = 600  # seconds


@dataclass(frozen=True)
class Grant:
    """What one code stands for."""

    provider: str
    person: Person
    redirect_uri: str
    challenge: str = ""
    nonce: str = ""
    failure: str = ""


def id_token(signer: Signer, grant: Grant, *, base: str) -> str:
    """Return the ID token for ``grant``; ``base`` is the stand-in's own origin."""
    payload = {**true_claims(grant, base=base), **false_claims(grant, base=base)}
    if grant.failure == "forged":
        return signer.forge(payload)
    if grant.failure == "unsigned":
        return signer.unsigned(payload)
    return signer.sign(payload)


def true_claims(grant: Grant, *, base: str) -> dict[str, object]:
    now = int(time.time())
    profile = {} if grant.failure == "incomplete" else claims(grant.person, grant.provider)
    nonce = {"nonce": grant.nonce} if grant.nonce else {}
    return {
        "iss": issuer(base, grant.provider),
        "aud": client_id(grant.provider),
        "iat": now,
        "exp": now + TOKEN_MAX_AGE,
        "jti": str(uuid.uuid4()),
        **nonce,
        **profile,
    }


def false_claims(grant: Grant, *, base: str) -> dict[str, object]:
    """Return the claims that are wrong for a chosen failure."""
    overrides: dict[str, dict[str, object]] = {
        "stale": {"iat": 1, "exp": 2},
        "other-site": {"aud": "somebody-elses-site"},
        "other-server": {"iss": f"{base}/elsewhere"},
        "replayed": {"nonce": "of-another-visit"},
        "swapped": {"sub": PEOPLE[-1].account_id(grant.provider)},
    }
    return overrides.get(grant.failure, {})
