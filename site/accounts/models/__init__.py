"""Accounts, verified affiliations, deletion requests and the log of account events."""

from __future__ import annotations

from accounts.models.affiliations import Affiliation
from accounts.models.deletion import DeletionRequest
from accounts.models.events import AccountEvent
from accounts.models.organisations import Domain, Organisation
from accounts.models.users import User, UserManager

__all__ = ["AccountEvent", "Affiliation", "DeletionRequest", "Domain", "Organisation", "User", "UserManager"]
