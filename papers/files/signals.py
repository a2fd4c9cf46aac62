"""What the rooms above may listen to."""

from __future__ import annotations

from django.dispatch import Signal

# Sent with ``record`` and ``document`` once a file has been read, or could not be; after commit.
file_read = Signal()
