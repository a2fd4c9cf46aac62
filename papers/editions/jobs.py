"""What the scheduler does with editions."""

from __future__ import annotations

from papers.editions.models import Edition


def release_embargoes() -> int:
    """Update pages and search for files whose embargo has ended; return how many. Runs every minute.

    Downloads need no update: they compare the time themselves.
    """
    editions = list(Edition.objects.embargo_ended().select_related("paper"))
    for edition in editions:
        edition.save(update_fields=["embargo_pending"])
    return len(editions)
