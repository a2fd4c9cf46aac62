"""People, the organizations they may speak for, and what happened to their accounts."""

from __future__ import annotations

from accounts.models.leavings import Leaving
from accounts.models.organisations import Domain, Organisation
from accounts.models.people import User, UserManager
from accounts.models.traces import Trace
from accounts.models.voices import Voice

__all__ = ["Domain", "Leaving", "Organisation", "Trace", "User", "UserManager", "Voice"]
