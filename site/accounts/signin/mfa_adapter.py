"""allauth's two-step verification, where this site differs."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from io import BytesIO

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from qrcode.image.svg import SvgPathFillImage


class MFAAdapter(DefaultMFAAdapter):
    """Draws the QR code on white, and encrypts the authenticators' secrets in the database."""

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code on a white ground: phones can't read black on a dark page."""
        output = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(output)
        return output.getvalue().decode("utf8")

    # A copy of the database alone must not be enough to compute anybody's codes.

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher() -> MultiFernet:
    """Return what encrypts with SECRET_KEY and also decrypts with SECRET_KEY_FALLBACKS."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(urlsafe_b64encode(sha256(f"second factor:{key}".encode()).digest())) for key in keys
    )
