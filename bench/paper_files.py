"""Papers with files, made inside the site's own process."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from bench.words import dice, random_words
from papers.intake.tasks import read_file
from papers.models import Edition, Paper, PaperIndex
from publishing.models import SiteDocument


def pdf(pages: int, *, padding: int = 0) -> bytes:
    file = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _ in range(pages):
        page = file.add_blank_page(page_size=(612, 792))
        lines = "".join(f"({random_words(12)}) Tj T* " for _ in range(45))
        page.Contents = file.make_stream(f"BT /F1 11 Tf 14 TL 60 740 Td {lines} ET".encode())
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if padding:
        file.Root.Padding = file.make_indirect(pikepdf.Stream(file, dice.randbytes(padding)))
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def paper(title: str, **fields: Any) -> Paper:
    made = Paper(title=title, **{"first_published_at": timezone.now()} | fields)
    PaperIndex.objects.get().add_child(instance=made)
    return made


def edition(of: Paper, content: bytes) -> Edition:
    document = SiteDocument.objects.create(title=of.title, file=ContentFile(content, f"{of.slug}.pdf"))
    read_file.func(document.pk)
    return Edition.objects.create(paper=of, document=document, state=Edition.State.PUBLISHED)


def long_file(size: int) -> dict[str, str]:
    """Publish a file of ``size`` bytes and some more; return its address and where it lies."""
    made = edition(paper("A long file", slug="a-long-file"), pdf(1, padding=size))
    return {"file": "/papers/a-long-file/download/", "path": made.document.file.path}
