"""How to fix each kind of issue in Word, LibreOffice or Acrobat."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.pdf.accessibility.check import IssueCode

WORD, LIBREOFFICE, ACROBAT = "Word", "LibreOffice", "Acrobat"

Remedies = tuple[tuple[str, Promise], ...]

SAVE_AGAIN: Remedies = (
    (WORD, _("Open the document and save it as PDF again. Don’t use “Print to PDF”: it drops the tags.")),
    (LIBREOFFICE, _("Open the document and export it again with File > Export As > Export as PDF.")),
    (ACROBAT, _("Open the file, choose File > Save As Other > Optimized PDF, and upload the new file.")),
)


def remedies(word: Promise, libreoffice: Promise, acrobat: Promise) -> Remedies:
    return ((WORD, word), (LIBREOFFICE, libreoffice), (ACROBAT, acrobat))


REMEDIES: dict[str, Remedies] = {
    IssueCode.BARRED: remedies(
        _("Save the document as PDF again with File > Save As, not with a printer that adds protection."),
        _("Export as PDF > Security: set no permissions, or enable text access for accessibility tools."),
        _("File > Properties > Security: enable text access for screen readers, or choose No Security."),
    ),
    IssueCode.SCAN: remedies(
        _("Find the original document and save it as PDF."),
        _("Find the original document and export it as PDF."),
        _("Scan & OCR > Recognize Text > In This File, then Accessibility > Autotag. Proofread the result."),
    ),
    IssueCode.PICTURE_PAGE: remedies(
        _("Replace the image with typed text, or add alternative text with everything the image says."),
        _("Replace the image with typed text, or describe the image in its properties."),
        _("Scan & OCR > Recognize Text. An image without text only needs alternative text."),
    ),
    IssueCode.NOT_TAGGED: remedies(
        _("Save As > PDF > Options: select “Document structure tags for accessibility”."),
        _("Export as PDF > General: select “Tagged PDF” or “Universal Accessibility (PDF/UA)”."),
        _("Accessibility > Autotag Document, then check the reading order."),
    ),
    IssueCode.TAGS_SUSPECT: remedies(
        _("Save the document as PDF again with tags. They then come from its styles and are not guessed."),
        _("Export the document again as Tagged PDF. The tags then come from its styles and are not guessed."),
        _("Check the tags with Accessibility > Reading Order, then turn off Suspects in the Tags panel."),
    ),
    IssueCode.NO_LANGUAGE: remedies(
        _("Select all text, choose Review > Language > Set Proofing Language, and save as PDF again."),
        _("Tools > Options > Languages: set the document’s default language, and export again."),
        _("File > Properties > Advanced > Reading Options: choose the language."),
    ),
    IssueCode.NO_TITLE: remedies(
        _("File > Info > Properties: enter a title, and save as PDF with document properties."),
        _("File > Properties > Description: enter a title, and export again."),
        _("File > Properties > Description: enter a title."),
    ),
    IssueCode.TITLE_IS_A_FILE_NAME: remedies(
        _("File > Info > Properties: enter the white paper’s title, and save as PDF again."),
        _("File > Properties > Description: enter the white paper’s title, and export again."),
        _("File > Properties > Description: replace the file name with the white paper’s title."),
    ),
    IssueCode.TITLE_NOT_SHOWN: remedies(
        _("Save as PDF with tags from a newer version of Word, or set this in Acrobat."),
        _("Export as PDF > User Interface: select “Display document title”, or export as PDF/UA."),
        _("File > Properties > Initial View > Show: choose Document Title."),
    ),
    IssueCode.FIGURE_WITHOUT_ALTERNATIVE: remedies(
        _("Right-click the picture > View Alt Text: describe what it shows, or mark it as decorative."),
        _("Right-click the picture > Properties > Options: enter alternative text, or select Decorative."),
        _("Accessibility > Set Alternate Text: describe what the figure shows, or mark it as decorative."),
    ),
    IssueCode.TABLE_WITHOUT_HEADERS: remedies(
        _("First row > Table Layout > Repeat Header Rows. Also select Table Design > Header Row."),
        _("Table > Properties > Text Flow: select “Repeat heading”, and export as Tagged PDF."),
        _("Accessibility > Reading Order > Table Editor: mark the header cells and set their scope."),
    ),
    IssueCode.NO_HEADINGS: remedies(
        _("Use the styles Heading 1, Heading 2 and so on for headings, not just bold text."),
        _("Use the styles Heading 1, Heading 2 and so on for headings, not just bold text."),
        _("Accessibility > Reading Order: mark each heading with its level."),
    ),
    IssueCode.HEADING_SKIPPED: remedies(
        _("Use the style of the next level: Heading 2 after Heading 1, not Heading 3."),
        _("Use the style of the next level: Heading 2 after Heading 1, not Heading 3."),
        _("Tags panel: change the tag to the level after the one above it."),
    ),
    IssueCode.LIST_BADLY_BUILT: remedies(
        _("Use the Bullets or Numbering button for the list instead of typing dashes or numbers."),
        _("Use Format > Bullets and Numbering for the list instead of typing dashes or numbers."),
        _("Tags panel: put each item in an LI tag, its bullet in Lbl and its text in LBody, all inside L."),
    ),
    IssueCode.NO_BOOKMARKS: remedies(
        _("Save As > PDF > Options: select “Create bookmarks using headings”."),
        _("Export as PDF > General: select “Export outlines”."),
        _("Bookmarks panel > Options > New Bookmarks From Structure: select the heading tags."),
    ),
    IssueCode.TAB_ORDER: remedies(
        _("Save As > PDF > Options: select “Document structure tags for accessibility”."),
        _("Export as PDF > General: select “Universal Accessibility (PDF/UA)”."),
        _("Page Thumbnails: select all pages > Page Properties > Tab Order > Use Document Structure."),
    ),
    IssueCode.LINK_WITHOUT_TEXT: remedies(
        _("Add the link to words that say where it leads, and save as PDF with tags."),
        _("Add the link to words that say where it leads, and export as Tagged PDF."),
        _("Tags panel: put the link’s text and its OBJR in one Link tag, or add alternative text."),
    ),
    IssueCode.FIELD_WITHOUT_NAME: remedies(
        _("Word can’t create form fields in a PDF. Name them in Acrobat or LibreOffice."),
        _("Form > Control Properties: enter help text for each field, and export again."),
        _("Prepare Form > the field’s Properties > General: enter a tooltip."),
    ),
    IssueCode.FONT_WITHOUT_UNICODE: remedies(
        _("Use another font, such as one that comes with Word, and save as PDF again."),
        _("Use another OpenType or TrueType font, and export again."),
        _("Print Production > Preflight > fix “Map glyphs to Unicode”, or use another font."),
    ),
    IssueCode.UNCHECKED: SAVE_AGAIN,
}
