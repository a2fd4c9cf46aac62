"""People, the organizations they may speak for, and what happened to their accounts."""

from __future__ import annotations

from accounts.models.affiliations import Voice
from accounts.models.deletion import Leaving
from accounts.models.events import Trace
from accounts.models.organisations import Domain, Organisation
from accounts.models.users import User, UserManager

__all__ = ["Domain", "Leaving", "Organisation", "Trace", "User", "UserManager", "Voice"]
