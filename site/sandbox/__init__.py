"""Runs what reads hostile files in a limited child process.

``import sandbox`` gives ``sandbox.run`` and its exceptions. The package itself
knows no web site, since the child loads it too.
"""

from __future__ import annotations

from sandbox.process import CrashError, MemoryLimitError, Message, SandboxError, TimeLimitError, run

__all__ = ["CrashError", "MemoryLimitError", "Message", "SandboxError", "TimeLimitError", "run"]
