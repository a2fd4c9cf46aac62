"""Papers with files: small PDFs, documents and editions, made without starting a reader."""

from __future__ import annotations

import hashlib
import io
from typing import Any
from uuid import uuid4

import pikepdf
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import PageLogEntry

from accounts.models import User
from papers.models import Edition, PageText, Paper
from papers.pdf.preflight import PreflightResult
from publishing.models import SiteDocument
from tests.support.factories import make_paper, make_user


def pdf_bytes(*, pages: int = 1, words: str = "") -> bytes:
    """Return a PDF; no two are the same unless their words are given."""
    words = words or uuid4().hex
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(300, 400))
        page.Contents = pdf.make_stream(f"BT /F1 14 Tf 20 350 Td ({words}, page {number}) Tj ET".encode())
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def upload(content: bytes, name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def make_document(
    content: bytes | None = None, *, pages: int = 1, name: str = "paper.pdf", **fields: Any
) -> SiteDocument:
    """Make a document as the form would, its PDF taken on trust."""
    content = pdf_bytes(pages=pages) if content is None else content
    document = SiteDocument(title=fields.pop("title", name), file=ContentFile(content, name), **fields)
    document.examination = PreflightResult(pages, len(content), hashlib.sha256(content).hexdigest())
    document._set_document_file_metadata()
    document.save()
    return document


def make_edition(
    paper: Paper | None = None, *, content: bytes | None = None, pages: int = 1, **fields: Any
) -> Edition:
    """Make an edition, published unless a state is given."""
    fields.setdefault("state", Edition.State.PUBLISHED)
    document = fields.pop("document", None) or make_document(content, pages=pages)
    return Edition.objects.create(paper=paper or make_paper(), document=document, **fields)


def make_editor(group: str = "Moderators", **fields: Any) -> User:
    """Make somebody of the editors' desk; moderators publish, editors do not."""
    user = make_user(name="Ed Itor", **fields)
    user.groups.add(Group.objects.get(name=group))
    return user


def logged_actions(paper: Paper) -> list[tuple[str, int]]:
    """Return what the paper's history says of editions, oldest first: act and number."""
    entries = PageLogEntry.objects.filter(page=paper.pk, action__startswith="papers.").order_by(
        "timestamp", "pk"
    )
    return [(entry.action.rpartition(".")[2], entry.data["edition"]) for entry in entries]


def make_read_edition(paper=None, *, pages: list[str], outline=(), **fields) -> Edition:
    """Make an edition whose file says ``pages``."""
    edition = make_edition(paper, pages=len(pages), **fields)
    record = edition.document.record
    record.outline = [dict(zip(("level", "title", "page"), heading, strict=True)) for heading in outline]
    record.language = "en-US"
    record.save()
    PageText.objects.bulk_create(
        PageText(record=record, number=number, text=text) for number, text in enumerate(pages, 1)
    )
    return edition
