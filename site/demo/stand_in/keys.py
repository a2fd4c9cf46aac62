"""The key with which the stand-in signs, made afresh at every start."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cached_property

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

KEY_ID = "stand-in"


class Signer:
    """Signs ID tokens (RS256) and shows its public key in the forms providers use."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def sign(self, claims: dict[str, object]) -> str:
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY_ID})

    def forge(self, claims: dict[str, object]) -> str:
        """Return a token that names our key and is signed by another."""
        other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return jwt.encode(claims, other_key, algorithm="RS256", headers={"kid": KEY_ID})

    def unsigned(self, claims: dict[str, object]) -> str:
        return jwt.encode(claims, "", algorithm="none", headers={"kid": KEY_ID})

    def key_set(self) -> dict[str, object]:
        """Return the public key as a JSON Web Key Set."""
        key = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**key, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]}

    @cached_property
    def certificates(self) -> dict[str, str]:
        """The public key in a certificate by key id, the way Google gives it."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stand-in")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365))
            .sign(self._key, hashes.SHA256())
        )
        return {KEY_ID: certificate.public_bytes(Encoding.PEM).decode()}
