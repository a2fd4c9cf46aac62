"""Pictures that people upload: what they are, and smaller ones drawn from them, decoded in the child."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

import sandbox
from sandbox.slots import Slots

WORKER = "sandbox.picture_worker"
FORMATS = ("avif", "jpeg", "png", "webp")
NICENESS = 3  # somebody waits, and the time is short
MAX_OUTPUT_BYTES = 16 * 1024 * 1024
MAX_CONCURRENT = 1  # per process of the site: each may take as much memory as its limits say
MAX_WAIT = 3.0  # seconds for which one request waits for another; a third is refused at once

_slots = Slots(MAX_CONCURRENT)


class RejectionReason(StrEnum):
    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_HARD = "too-hard"


class PictureError(Exception):
    """The file is not accepted; ``reason`` says why."""

    def __init__(self, reason: RejectionReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What one kind of picture may cost; the pixels are those of the file, width times height."""

    max_pixels: int
    seconds: float
    megabytes: int


@dataclass(frozen=True, slots=True)
class Picture:
    """``format`` is one of FORMATS; the size is that of the upright picture, in pixels."""

    format: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Output:
    """One picture to draw at ``path``: the part ``box`` of the upright original, in its pixels.

    Without a box it is as much of the middle as has the shape of ``size``. Where
    it ``is_opaque``, what is transparent becomes white, as in every JPEG.
    """

    path: str
    format: str
    size: tuple[int, int]
    quality: int
    box: tuple[float, float, float, float] | tuple[()] = ()
    is_opaque: bool = False


def decode(
    path: str | os.PathLike[str],
    limits: Limits,
    *,
    outputs: Sequence[Output] = (),
    niceness: int = NICENESS,
) -> Picture:
    """Return what the picture at ``path`` is, after all of it was decoded, and draw the outputs.

    Raises PictureError for a file that is not accepted, BusyError where other
    pictures are being decoded, FileNotFoundError for no file.
    """
    try:
        with _slots.take(wait=MAX_WAIT):
            (message,) = sandbox.run(
                WORKER,
                path,
                seconds=limits.seconds,
                megabytes=limits.megabytes,
                max_file_bytes=MAX_OUTPUT_BYTES if outputs else 0,
                niceness=niceness,
                args={"max_pixels": limits.max_pixels, "outputs": [asdict(output) for output in outputs]},
            )
    except (sandbox.TimeLimitError, sandbox.MemoryLimitError) as error:
        raise PictureError(RejectionReason.TOO_HARD) from error
    except (sandbox.CrashError, ValueError) as error:
        raise PictureError(RejectionReason.UNREADABLE) from error
    if "refused" in message:
        raise PictureError(RejectionReason(message["refused"]))
    return Picture(message["format"], message["width"], message["height"])
