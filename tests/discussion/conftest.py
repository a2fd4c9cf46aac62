"""What every test of the discussion has."""

from __future__ import annotations

from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
