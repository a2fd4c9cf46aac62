"""Decode one picture, and draw it anew in other sizes. Runs in the child process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.process import Message

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("AVIF", "JPEG", "PNG", "WEBP")  # each decoder more is one more attack surface
ORIENTATION = 0x0112  # the tag of EXIF; from 5 on, width and height change places
AVIF_SPEED = 8
SHARPNESS = 1.5  # shrunk first to no less than this times the size that is needed, so that it stays sharp


def run(path: str, *, max_pixels: int, outputs: Sequence[dict[str, Any]] = ()) -> Iterator[Message]:
    """Yield format and upright size of the picture, or why it is ``refused``; write the outputs.

    Only the first frame of an animated picture is decoded. Each output has the
    fields of ``pictures.Output``.
    """
    from PIL import AvifImagePlugin, Image

    Image.MAX_IMAGE_PIXELS = None  # ours is the limit
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a child may start no threads
    if webp_pixels(path) > max_pixels:  # of which opening it takes the memory already
        yield {"refused": "too-many-pixels"}
        return
    try:
        picture = Image.open(path, formats=FORMATS)
        if picture.width * picture.height > max_pixels:
            yield {"refused": "too-many-pixels"}
            return
        size = upright_size(picture)
        upright = decode(picture, outputs)
    except MemoryError:
        raise
    except Exception:  # decoders raise anything
        yield {"refused": "unreadable"}
        return
    yield {"format": (picture.format or "").lower(), "width": size[0], "height": size[1]}
    for output in outputs:
        draw(upright, size, **output)


def webp_pixels(path: str) -> int:
    """Return the pixels that the head of a WebP file claims; 0 for any other file."""
    with open(path, "rb") as file:
        head = file.read(30)
    kind = head[12:16] if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else b""
    if kind == b"VP8X":
        return (1 + int.from_bytes(head[24:27], "little")) * (1 + int.from_bytes(head[27:30], "little"))
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    if kind == b"VP8 ":
        bits = int.from_bytes(head[26:30], "little")
        return (bits & 0x3FFF) * (bits >> 16 & 0x3FFF)
    return 0


def upright_size(picture: Image) -> tuple[int, int]:
    is_turned = picture.getexif().get(ORIENTATION, 1) in (5, 6, 7, 8)
    return (picture.height, picture.width) if is_turned else picture.size


def decode(picture: Image, outputs: Sequence[dict[str, Any]]) -> Image:
    """Return the picture upright, in RGB or RGBa, and not much larger than the outputs need."""
    from PIL import ImageOps

    full = upright_size(picture)
    needed = SHARPNESS * max((needed_scale(full, **output) for output in outputs), default=0)
    width, height = (max(1, round(side * needed)) for side in picture.size)
    picture.draft("RGB", (width, height))  # of a JPEG only
    picture.load()
    orientation = picture.getexif()
    shrunk = shrink(in_true_color(picture), factor=int(max(picture.size) / max(1, max(full) * needed)))
    shrunk.info["exif"] = orientation.tobytes()
    ImageOps.exif_transpose(shrunk, in_place=True)
    return shrunk


def shrink(picture: Image, *, factor: int) -> Image:
    """Return the picture reduced to one part in ``factor`` on each side, quickly and in little memory."""
    return picture if factor < 2 else picture.reduce(factor)


def needed_scale(
    full: tuple[int, int], *, size: Sequence[int], box: Sequence[float] = (), **_rest: object
) -> float:
    """Return how large the whole picture must be for an output, as a part of its own size."""
    left, top, right, bottom = box or middle(full, size)
    return max(size[0] / (right - left), size[1] / (bottom - top))


def middle(full: tuple[int, int], size: Sequence[int]) -> tuple[float, float, float, float]:
    """Return the largest box in the middle of the picture that has the shape of ``size``."""
    scale = min(full[0] / size[0], full[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    left, top = (full[0] - width) / 2, (full[1] - height) / 2
    return left, top, left + width, top + height


def in_true_color(picture: Image) -> Image:
    """Return the picture in RGB, or in RGBa where parts are transparent.

    There colors are weighted by alpha: what can't be seen must not shine through when it shrinks.
    """
    if picture.mode == "RGB":
        return picture
    if picture.mode.startswith("I"):  # 16 bits of gray
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("RGB")
    if picture.mode == "CMYK":
        return in_srgb(picture).convert("RGB")
    if picture.has_transparency_data:
        return (picture if picture.mode == "RGBA" else picture.convert("RGBA")).convert("RGBa")
    return picture.convert("RGB")


def in_srgb(picture: Image) -> Image:
    """Return the colors as a picture without a profile has them, since the profile is not kept."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted or picture


def draw(
    upright: Image,
    full: tuple[int, int],
    *,
    path: str,
    format: str,
    size: Sequence[int],
    quality: int,
    box: Sequence[float] = (),
    is_opaque: bool = False,
) -> None:
    """Write one output; nothing of the file comes with it but the picture."""
    across, down = upright.width / full[0], upright.height / full[1]
    left, top, right, bottom = box or middle(full, size)
    scaled = (
        max(0.0, left * across), max(0.0, top * down),
        min(upright.width, right * across), min(upright.height, bottom * down),
    )  # fmt: skip
    small = upright.resize((size[0], size[1]), box=scaled, reducing_gap=3.0)
    small = small.convert("RGBA") if small.mode == "RGBa" else in_srgb(small)
    small.info.clear()
    if is_opaque or format == "jpeg":
        small = flattened(small)
    if format == "jpeg":
        small.save(Path(path), "JPEG", quality=quality, optimize=True, progressive=True)
    elif format == "avif":
        small.save(Path(path), "AVIF", quality=quality, speed=AVIF_SPEED, max_threads=1)
    elif format == "webp":
        small.save(Path(path), "WEBP", quality=quality)
    else:
        small.save(Path(path), "PNG", optimize=True)


def flattened(picture: Image) -> Image:
    """Return the picture on white: dark pages must not show through."""
    from PIL import Image

    if picture.mode != "RGBA":
        return picture
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A"))
    return flat
