"""Pictures are decoded in the child: upright, in four formats, and never for more than they may cost."""

from __future__ import annotations

import resource
import struct
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from sandbox import picture_worker, pictures
from sandbox.pictures import Limits, Output, PictureError, RejectionReason

LIMITS = Limits(max_pixels=16_000_000, seconds=20, megabytes=512)
KINDS = ["JPEG", "PNG", "WEBP", "AVIF"]
TURNED = Image.Exif()
TURNED[picture_worker.ORIENTATION] = 6  # the camera was held upright


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def split(size: tuple[int, int] = (400, 200)) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    return picture


def claiming(kind: bytes, width: int, height: int) -> bytes:
    """Return the head of a WebP file that claims a size, and nothing that keeps the promise."""
    body = {
        b"VP8X": b"\0" * 4 + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"),
        b"VP8L": b"\x2f" + (width - 1 | height - 1 << 14).to_bytes(4, "little") + b"\0" * 20,
        b"VP8 ": b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height) + b"\0" * 20,
    }[kind]
    chunk = kind + len(body).to_bytes(4, "little") + body
    return b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk


def png_with(chunk: bytes, content: bytes) -> bytes:
    """Return a small PNG with one more chunk behind its head."""
    plain = encoded(split(), "PNG")
    more = struct.pack(">I", len(content)) + chunk + content + struct.pack(">I", zlib.crc32(chunk + content))
    return plain[:33] + more + plain[33:]


@pytest.fixture
def decode(tmp_path: Path):
    def decode_bytes(content: bytes, *outputs: Output, limits: Limits = LIMITS) -> pictures.Picture:
        path = tmp_path / "upload"
        path.write_bytes(content)
        return pictures.decode(path, limits, outputs=outputs)

    return decode_bytes


@pytest.fixture
def draw(decode, tmp_path: Path):
    """Return the picture that is drawn from an upload."""

    def draw_output(content: bytes, format: str = "png", **fields: object) -> Image.Image:
        output = Output(str(tmp_path / f"small.{format}"), format, (100, 50), 90)
        decode(content, replace(output, **fields))
        drawn = Image.open(output.path)
        drawn.load()
        return drawn

    return draw_output


def rejected(decode, content: bytes, limits: Limits = LIMITS) -> RejectionReason:
    with pytest.raises(PictureError) as error:
        decode(content, limits=limits)
    return error.value.reason


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_known_by_what_it_is(decode, kind):
    assert decode(encoded(split(), kind)) == pictures.Picture(kind.lower(), 400, 200)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_turned_by_its_camera_is_upright(decode, draw, kind):
    content = encoded(split(), kind, exif=TURNED)

    assert decode(content) == pictures.Picture(kind.lower(), 200, 400)
    drawn = draw(content, size=(50, 100)).convert("RGB")
    assert drawn.getpixel((25, 10))[0] > 200
    assert drawn.getpixel((25, 90))[2] > 200


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [
        (1, (400, 200), (0, 0)), (2, (400, 200), (1, 0)), (3, (400, 200), (1, 1)), (4, (400, 200), (0, 1)),
        (5, (200, 400), (0, 0)), (6, (200, 400), (1, 0)), (7, (200, 400), (1, 1)), (8, (200, 400), (0, 1)),
    ],
)  # fmt: skip
def test_a_picture_is_upright_however_the_camera_was_held(decode, draw, orientation, size, corner):
    """The upper left corner of what was recorded is red, and comes to another corner."""
    picture = Image.new("RGB", (400, 200), "blue")
    picture.paste("red", (0, 0, 200, 100))
    exif = Image.Exif()
    exif[picture_worker.ORIENTATION] = orientation
    content = encoded(picture, "JPEG", exif=exif)

    measured = decode(content)
    drawn = draw(content, size=(size[0] // 4, size[1] // 4)).convert("RGB")

    assert (measured.width, measured.height) == size
    corners = [(across, down) for across in (0, 1) for down in (0, 1)]
    at = {
        one: drawn.getpixel((one[0] * (drawn.width - 10) + 5, one[1] * (drawn.height - 10) + 5))
        for one in corners
    }
    assert [one for one in corners if at[one][0] > 200] == [corner]


@pytest.mark.parametrize("format", pictures.FORMATS)
def test_every_format_can_be_drawn(draw, format):
    drawn = draw(encoded(split(), "JPEG"), format)

    assert (drawn.format, drawn.size) == (format.upper(), (100, 50))


@pytest.mark.parametrize("kind", KINDS)
def test_a_box_is_cut_out_where_it_was_chosen_however_small_the_picture_was_decoded(draw, kind):
    content = encoded(split((2000, 1000)), kind)

    drawn = draw(content, size=(20, 20), box=(1000, 0, 2000, 1000)).convert("RGB")

    assert {color[2] > 200 and color[0] < 60 for _, color in drawn.getcolors()} == {True}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_kind_of_color_are_drawn(draw, mode):
    gray = Image.new("L", (400, 200), 128)
    picture = Image.new("I;16", gray.size, 128 * 256) if mode == "I;16" else gray.convert(mode)

    drawn = draw(encoded(picture, "JPEG" if mode == "CMYK" else "PNG"))

    assert 120 < drawn.convert("L").getpixel((50, 25)) < 137


def test_what_cannot_be_seen_does_not_shine_through_the_edges(draw):
    picture = Image.new("RGBA", (4000, 2000), (255, 0, 0, 0))  # red, but transparent
    picture.paste((0, 0, 255, 255), (2010, 0, 4000, 2000))

    drawn = draw(encoded(picture, "PNG", compress_level=1))

    assert all(color[0] < 10 for _, color in drawn.getcolors() if color[3])


def test_transparency_becomes_white_where_it_must(draw):
    clear = encoded(Image.new("RGBA", (400, 200), (0, 0, 0, 0)), "WEBP")

    assert draw(clear, "webp", is_opaque=True).convert("RGB").getpixel((1, 1)) == (255, 255, 255)
    assert draw(clear, "jpeg").getpixel((1, 1)) == (255, 255, 255)
    assert draw(clear, "webp").getpixel((1, 1))[3] == 0


@pytest.mark.parametrize("format", pictures.FORMATS)
def test_nothing_of_the_file_comes_with_the_picture(draw, format):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    drawn = draw(encoded(split(), "JPEG", exif=exif, icc_profile=profile), format)

    assert not drawn.getexif()
    assert "icc_profile" not in drawn.info


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "AVIF"])
def test_of_a_picture_that_moves_the_first_frame_is_taken(decode, draw, kind):
    frames = [Image.new("RGB", (400, 200), color) for color in ("red", "blue", "green")]
    moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)

    assert decode(moving).width == 400
    assert draw(moving).convert("RGB").getpixel((50, 25))[0] > 200


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO", "PPM", "TGA", "PDF"])
def test_no_other_format_is_tried(decode, kind):
    assert rejected(decode, encoded(split((64, 64)), kind)) == RejectionReason.UNREADABLE


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_picture_is_none(decode, kind):
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    content = encoded(noise, kind)

    assert rejected(decode, content[: len(content) // 2]) == RejectionReason.UNREADABLE


@pytest.mark.parametrize("content", [b"", b"hello", b"RIFF", b"<svg/>", b"\x89PNG\r\n\x1a\n" + b"\0" * 20])
def test_what_is_no_picture_is_rejected(decode, content):
    assert rejected(decode, content) == RejectionReason.UNREADABLE


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_too_many_pixels_is_rejected(decode, kind):
    content = encoded(Image.new("RGB", (1001, 1000)), kind)

    assert rejected(decode, content, replace(LIMITS, max_pixels=1_000_000)) == RejectionReason.TOO_MANY_PIXELS
    assert decode(content, limits=replace(LIMITS, max_pixels=1_001_000)).width == 1001


@pytest.mark.parametrize("kind", [b"VP8X", b"VP8L", b"VP8 "])
def test_a_webp_is_believed_how_large_it_is_before_any_memory_is_taken(decode, kind):
    assert rejected(decode, claiming(kind, 16_000, 16_000)) == RejectionReason.TOO_MANY_PIXELS
    assert rejected(decode, claiming(kind, 4_000, 4_000)) == RejectionReason.UNREADABLE


@pytest.mark.parametrize(
    ("chunk", "head"), [(b"zTXt", b"Comment\0\0"), (b"iCCP", b"profile\0\0"), (b"iTXt", b"Comment\0\1\0\0\0")]
)
def test_a_chunk_that_unpacks_to_a_gigabyte_costs_no_gigabyte(decode, chunk, head):
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(10_000_000)) for _ in range(100)) + packer.flush()

    content = png_with(chunk, head + packed)
    assert rejected(decode, content, replace(LIMITS, megabytes=256)) == RejectionReason.UNREADABLE


@pytest.mark.skipif(sys.platform != "linux", reason="macOS bounds no address space")
def test_a_picture_that_takes_too_much_memory_is_stopped(decode):
    content = encoded(Image.new("RGB", (6000, 6000)), "PNG")

    limits = Limits(max_pixels=40_000_000, seconds=20, megabytes=160)
    assert rejected(decode, content, limits) == RejectionReason.TOO_HARD


def test_the_site_itself_never_unpacks_a_picture(decode):
    content = encoded(Image.new("1", (4000, 4000)), "PNG")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    decode(content)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024  # kilobytes


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        pictures.decode(tmp_path / "gone.png", LIMITS)
