"""Renditions are made ahead by the task worker, so that no reader's request has to."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from publishing.images import usages
from publishing.models import SiteImage
from sandbox.pictures import PictureError, RejectionReason

logger = logging.getLogger(__name__)

SLOW = "slow"  # in place of a version: an image to try once more
MAX_QUEUED = 100  # images in one run of the job: an upgrade may leave thousands


@task()
def make_renditions(image_pk: int) -> None:
    """Make what is missing of all usages; running it twice changes nothing.

    A file that can't be decoded is not tried again; once more if it was only
    slow, since the machine may have been busy. Any other error is raised;
    ``queue_missing`` then tries again.
    """
    image = SiteImage.objects.filter(pk=image_pk).first()
    if image is None:
        return
    made = usages.version()
    try:
        image.create_renditions(*image.missing_renditions(usages.all_filters()))
    except PictureError as error:
        logger.warning("No renditions of image %s can be made: %s", image_pk, error)
        if error.reason == RejectionReason.TOO_HARD and image.renditions_made != SLOW:
            made = SLOW
    SiteImage.objects.filter(pk=image_pk, file=image.file.name).update(renditions_made=made)


def queue_missing() -> int:
    """Queue images whose renditions were never made, or are of an older list; return how many."""
    waiting = SiteImage.objects.exclude(renditions_made=usages.version()).order_by("-pk")
    images = list(waiting.values_list("pk", flat=True)[:MAX_QUEUED])
    for pk in images:
        make_renditions.enqueue(pk)
    return len(images)


def queue_renditions(image: SiteImage) -> None:
    SiteImage.objects.filter(pk=image.pk).update(renditions_made="")
    pk = image.pk
    # Should the process end before this runs, queue_missing queues it again.
    transaction.on_commit(lambda: make_renditions.enqueue(pk), robust=True)


def on_image_saved(instance: SiteImage, *, raw: bool = False, **kwargs: Any) -> None:
    """Queue what a new file, or another focal point, leaves to be drawn."""
    if not raw and instance.missing_renditions(usages.all_filters()):
        queue_renditions(instance)


def connect() -> None:
    post_save.connect(on_image_saved, sender=SiteImage)
