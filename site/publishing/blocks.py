"""The blocks of which the body of every page is made."""

from __future__ import annotations

from itertools import takewhile
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from publishing.body import render_body
from publishing.cards import card_of
from publishing.models import all_pages
from publishing.models.listing import for_cards

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr", "blockquote"]


class TextBlock(blocks.RichTextBlock):
    class Meta:
        label = _("Text")
        icon = "pilcrow"
        description = _("Paragraphs, headings, lists and links.")
        template = "publishing/blocks/text.html"
        preview_value = "<h2>What small districts share</h2><p>A bus, a nurse, a payroll clerk.</p>"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, max_length=300, label=_("Caption"))

    class Meta:
        label = _("Image")
        icon = "image"
        description = _("An image with a caption and credit. Describe what it shows in the alternative text.")
        template = "publishing/blocks/picture.html"
        preview_value = {"caption": "A bus shared by three towns"}


class PullQuoteBlock(blocks.StructBlock):
    words = blocks.TextBlock(label=_("Quotation"))
    by = blocks.CharBlock(required=False, max_length=150, label=_("Attribution"))

    class Meta:
        label = _("Pull quote")
        icon = "openquote"
        description = _("A sentence set apart from the text.")
        template = "publishing/blocks/pull_quote.html"
        preview_value = {"words": "We kept our school and shared the rest.", "by": "A superintendent"}


class CardBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        label = _("Card")
        icon = "doc-full-inverse"
        description = _("A link to another published page. White papers show their cover and file size.")
        template = "publishing/blocks/card.html"
        preview_template = "publishing/blocks/card_preview.html"
        preview_value = {"page": None}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        # A card that leads to a page that is not public shows nothing.
        target = value.get("page")
        pages = for_cards(all_pages().published().filter(pk=target.pk)) if target else []
        context["card"] = card_of(pages[0]) if pages else None
        return context


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(max_length=200, label=_("Caption"), help_text=_("What the table shows."))
    rows = TypedTableBlock(
        [("text", blocks.CharBlock(required=False)), ("number", blocks.CharBlock(required=False))],
        label=_("Rows"),
    )
    source = blocks.CharBlock(required=False, max_length=300, label=_("Source and date"))

    class Meta:
        label = _("Table")
        icon = "table"
        description = _("Figures in rows and columns, with a caption and source.")
        template = "publishing/blocks/table.html"
        preview_template = "publishing/blocks/table_preview.html"
        preview_value = {"caption": "Collaboratives over the years", "source": "Annual reports"}


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=["bold", "italic", "link", "ol", "ul"], label=_("Text"))

    class Meta:
        label = _("Callout")
        icon = "info-circle"
        description = _("A box beside the text, for a definition, deadline or warning.")
        template = "publishing/blocks/call_out.html"
        preview_value = {
            "title": "What is a collaborative?",
            "text": "<p>Districts doing together what none can alone.</p>",
        }


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(
        label=_("URL"), help_text=_("A YouTube or Vimeo page, for example https://vimeo.com/76979871.")
    )
    title = blocks.CharBlock(max_length=200, label=_("Title"))

    class Meta:
        label = _("Video")
        icon = "media"
        description = _("A video from YouTube or Vimeo. It loads only after the reader clicks on it.")
        template = "publishing/blocks/video.html"
        preview_value = {"url": "https://vimeo.com/76979871", "title": "A school committee meets"}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not player_url(cleaned["url"]):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "url": blocks.StreamBlockValidationError(
                        non_block_errors=[
                            _(
                                "Enter the URL of a YouTube or Vimeo video, for example https://vimeo.com/76979871."
                            )
                        ]
                    )
                }
            )
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"player": player_url(value.get("url") or "")}


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Title"),
        help_text=_("Leave empty to use the file’s title."),
    )

    class Meta:
        label = _("Download")
        icon = "download"
        description = _("A link to a file, with its type and size.")
        template = "publishing/blocks/download.html"
        preview_template = "publishing/blocks/download_preview.html"
        preview_value = {"title": "Minutes of the planning board"}


class BodyBlock(blocks.StreamBlock):
    text = TextBlock(features=TEXT_FEATURES)
    picture = PictureBlock()
    pull_quote = PullQuoteBlock()
    card = CardBlock()
    table = TableBlock()
    call_out = CalloutBlock()
    video = VideoBlock()
    download = DownloadBlock()

    def render(self, value: blocks.StreamValue, context: dict[str, Any] | None = None) -> SafeString:
        return render_body(value)


def opening_paragraph(body: blocks.StreamValue) -> str:
    """Return the text of the paragraphs that a body begins with; "" if it begins with something else."""
    first = next(iter(body), None)
    if first is None or first.block_type != "text":
        return ""
    elements = BeautifulSoup(first.value.source, "html.parser").find_all(recursive=False)
    paragraphs = takewhile(lambda element: element.name == "p", elements)
    return " ".join(" ".join(paragraph.get_text() for paragraph in paragraphs).split())


def player_url(url: str) -> str:
    """Return the URL of the privacy-friendly player for a video's page, or "" for any other URL.

    Only the two hosts in the site's Content-Security-Policy are supported.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("youtube.com", "youtu.be"):
        video = parts.path.strip("/") if host == "youtu.be" else (parse_qs(parts.query).get("v") or [""])[0]
        is_id = video.replace("-", "").replace("_", "").isalnum() and video.isascii() and len(video) == 11
        return f"https://www.youtube-nocookie.com/embed/{video}" if is_id else ""
    if host == "vimeo.com":
        video = parts.path.strip("/")
        return (
            f"https://player.vimeo.com/video/{video}?dnt=1" if video.isdecimal() and video.isascii() else ""
        )
    return ""
