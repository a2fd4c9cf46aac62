"""All that this site imports from allauth's ``internal`` packages, which may change without notice.

tests/accounts/signin/test_allauth_internals.py says what to look for when an
update has moved or changed one of these.
"""

from __future__ import annotations

from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, resume_request
from allauth.account.internal.stagekit import get_pending_stage

__all__ = [
    "AbstractCodeVerificationProcess",
    "EmailVerificationProcess",
    "get_pending_stage",
    "get_reauthentication_flows",
    "record_authentication",
    "resume_request",
]
