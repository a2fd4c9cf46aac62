"""Files somebody might hand in as a PDF: small good ones, and ones made to do harm."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf

MEGABYTE = 1024 * 1024

CATALOG, PAGES, FONT, INFO = 1, 2, 3, 4


def pdf_bytes(objects: dict[int, bytes], *, trailer: bytes = b"") -> bytes:
    """Return a file of these objects; object 1 is its catalog."""
    written = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(written)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    begins = len(written)
    written += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        written += b"%d 1\n%010d 00000 n \n" % (number, place)
    written += b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (max(objects) + 1, trailer)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % begins)


def stream(body: bytes, *, filters: bytes = b"", more: bytes = b"") -> bytes:
    return b"<< /Length %d %b %b >>\nstream\n%b\nendstream" % (len(body), filters, more, body)


def painted(lines: Sequence[str], *, size: int = 12, leading: int = 14) -> bytes:
    """Return a content stream that paints ``lines`` beneath each other; an empty one is a gap."""
    words = [b"BT /F1 %d Tf %d TL 72 720 Td" % (size, leading)]
    for line in lines:
        escaped = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        words.append(b"(%b) Tj T*" % escaped)
    return b"\n".join([*words, b"ET"])


def make_pdf(
    path: Path,
    *pages: Sequence[str] | bytes,
    title: bytes = b"(A small paper)",
    catalog: bytes = b"",
    page: bytes = b"",
    objects: dict[int, bytes] | None = None,
) -> Path:
    """Write a PDF; a page is its lines, or its whole content as a stream object.

    ``catalog`` and ``page`` are further entries of those dictionaries, and
    ``objects`` further objects, or others in place of these.
    """
    kids = range(100, 100 + 2 * len(pages), 2)
    file = {
        CATALOG: b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        PAGES: b"<< /Type /Pages /Count %d /Kids [%b] >>"
        % (len(pages), b" ".join(b"%d 0 R" % kid for kid in kids)),
        FONT: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        INFO: b"<< /Title %b >>" % title,
    }
    for kid, content in zip(kids, pages, strict=True):
        file[kid] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> %b >>" % (kid + 1, page)
        )
        file[kid + 1] = content if isinstance(content, bytes) else stream(painted(content))
    path.write_bytes(pdf_bytes(file | (objects or {}), trailer=b"/Info 4 0 R"))
    return path


def make_locked_pdf(path: Path, *, password: str) -> Path:
    """Write a PDF; with an empty password it opens for all, but may not be changed."""
    make_pdf(path, ["Behind a lock."])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        allow = pikepdf.Permissions(extract=False, modify_other=False)
        pdf.save(path, encryption=pikepdf.Encryption(owner="the owner", user=password, allow=allow))
    return path


def bomb(megabytes: int, *, of: bytes = b"\0") -> bytes:
    """Return some kilobytes that become ``megabytes`` of the same bytes once inflated twice."""
    piece = of * (MEGABYTE // len(of))
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(megabytes):
        checksum = zlib.adler32(piece, checksum)
    # After a full flush nothing refers back, so the block may be repeated as it is.
    once = head + block * megabytes + b"\x03\x00" + checksum.to_bytes(4, "big")
    return zlib.compress(once, 9)


BOMB_FILTERS = b"/Filter [/FlateDecode /FlateDecode]"


def bomb_page(megabytes: int, *, of: bytes = b"\0") -> bytes:
    return stream(bomb(megabytes, of=of), filters=BOMB_FILTERS)


def make_bomb_in_the_cross_references(path: Path, *, megabytes: int) -> Path:
    """Write a file that must be inflated before it even opens."""
    written = b"%PDF-1.7\n"
    body = stream(
        bomb(megabytes), filters=BOMB_FILTERS, more=b"/Type /XRef /W [1 2 1] /Size 2000000000 /Root 1 0 R"
    )
    path.write_bytes(written + b"9 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (body, len(written)))
    return path


def make_looping_page_tree(path: Path) -> Path:
    """Write a tree of pages in which a branch holds its own trunk."""
    objects = {
        PAGES: b"<< /Type /Pages /Count 1000 /Kids [50 0 R] >>",
        50: b"<< /Type /Pages /Parent 2 0 R /Count 1000 /Kids [2 0 R 50 0 R] >>",
    }
    return make_pdf(path, objects=objects)


def make_deep_page_tree(path: Path, *, levels: int) -> Path:
    """Write one page beneath ``levels`` branches."""
    objects = {
        number: b"<< /Type /Pages /Parent %d 0 R /Count 1 /Kids [%d 0 R] >>" % (number - 1, number + 1)
        for number in range(1000, 1000 + levels)
    }
    objects[PAGES] = b"<< /Type /Pages /Count 1 /Kids [1000 0 R] >>"
    objects[1000 + levels] = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 9 9] >>" % (999 + levels)
    return make_pdf(path, objects=objects)


def make_deep_nesting(path: Path, *, levels: int) -> Path:
    """Write arrays and dictionaries within each other, in the catalog and on the page."""
    arrays, dictionaries = b"[" * levels + b"]" * levels, b"<</A " * levels + b"1" + b">>" * levels
    content = stream(painted(["Above the pit."]) + b"\n" + arrays + b" TJ /X " + dictionaries + b" BDC EMC")
    return make_pdf(path, content, catalog=b"/Deep %b /Deeper %b" % (arrays, dictionaries))


def make_circular_outline(path: Path) -> Path:
    objects = {
        50: b"<< /Type /Outlines /First 51 0 R /Last 52 0 R >>",
        51: b"<< /Title (There) /Next 52 0 R /First 50 0 R /Dest [100 0 R /Fit] >>",
        52: b"<< /Title (and back) /Next 51 0 R /First 51 0 R >>",
    }
    return make_pdf(path, ["Round and round."], catalog=b"/Outlines 50 0 R", objects=objects)


def laughing_page(*, drawings: int) -> tuple[bytes, bytes, dict[int, bytes]]:
    """Return a page, its resources and the objects it needs, that draws forms within forms within forms."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
    resources = b"/Resources << /XObject << /X %d 0 R >> /Font << /F1 3 0 R >> >>"
    objects = {
        number: stream(b"/X Do " * drawings, more=form + resources % (number + 1))
        for number in range(500, 510)
    }
    objects[510] = stream(painted(["Ha!"]), more=form + resources % 510)
    return stream(b"/X Do"), resources % 500, objects


def write_xmp_title(path: Path, title: str) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
        pdf.save(path)
