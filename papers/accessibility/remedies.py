"""How to fix each kind of issue in Word, LibreOffice or Acrobat."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.pdf.accessibility.check import IssueCode

WORD, LIBREOFFICE, ACROBAT = "Word", "LibreOffice", "Acrobat"

Remedies = tuple[tuple[str, Promise], ...]

SAVE_AGAIN: Remedies = (
    (WORD, _("Open the document and save it as PDF once more; print to PDF loses what it knows.")),
    (LIBREOFFICE, _("Open the document and export it once more with File > Export As > Export as PDF.")),
    (ACROBAT, _("Open the file, then File > Save As Other > Optimized PDF, and upload the new one.")),
)


def remedies(word: Promise, libreoffice: Promise, acrobat: Promise) -> Remedies:
    return ((WORD, word), (LIBREOFFICE, libreoffice), (ACROBAT, acrobat))


REMEDIES: dict[str, Remedies] = {
    IssueCode.BARRED: remedies(
        _("Word sets no such limits: save the document as PDF once more, without a protecting printer."),
        _("Export as PDF > Security: set no permissions, or allow text access for accessibility tools."),
        _("File > Properties > Security: allow text access for screen reader devices, or No Security."),
    ),
    IssueCode.SCAN: remedies(
        _("Look for the document the scan was made from, and save that as PDF."),
        _("Look for the document the scan was made from, and export that as PDF."),
        _("Scan & OCR > Recognize Text > In This File, then Accessibility > Autotag; read the result over."),
    ),
    IssueCode.PICTURE_PAGE: remedies(
        _("Type the text in place of its picture, or give the picture an alternative text with all it says."),
        _("Type the text in place of its picture, or describe the picture in its properties."),
        _("Scan & OCR > Recognize Text; a picture without text needs alternative text only."),
    ),
    IssueCode.NOT_TAGGED: remedies(
        _("Save As > PDF > Options: tick “Document structure tags for accessibility”."),
        _("Export as PDF > General: tick “Tagged PDF”, or “Universal Accessibility (PDF/UA)”."),
        _("Accessibility > Autotag Document, then check the order of reading."),
    ),
    IssueCode.TAGS_SUSPECT: remedies(
        _("Save the document as PDF once more with tags; they come from its styles and are not guessed."),
        _("Export the document once more as Tagged PDF; tags come from its styles and are not guessed."),
        _("Check the tags with Accessibility > Reading Order, then clear Suspects in the Tags panel."),
    ),
    IssueCode.NO_LANGUAGE: remedies(
        _("Review > Language > Set Proofing Language for the whole text, and save as PDF again."),
        _("Tools > Options > Languages: set the default language of the document, and export again."),
        _("File > Properties > Advanced > Reading Options: choose the language."),
    ),
    IssueCode.NO_TITLE: remedies(
        _("File > Info > Properties: fill in Title, and save as PDF with document properties."),
        _("File > Properties > Description: fill in Title, and export again."),
        _("File > Properties > Description: fill in Title."),
    ),
    IssueCode.TITLE_IS_A_FILE_NAME: remedies(
        _("File > Info > Properties: write the paper's title instead, and save as PDF again."),
        _("File > Properties > Description: write the paper's title, and export again."),
        _("File > Properties > Description: write the paper's title in place of the file name."),
    ),
    IssueCode.TITLE_NOT_SHOWN: remedies(
        _("Save as PDF with tags from a newer Word; older ones leave this to Acrobat."),
        _("Export as PDF > User Interface: tick “Display document title”, or export as PDF/UA."),
        _("File > Properties > Initial View > Show: choose Document Title."),
    ),
    IssueCode.FIGURE_WITHOUT_ALTERNATIVE: remedies(
        _("Right-click the picture > View Alt Text: say what it tells, or mark it as decorative."),
        _("Right-click the picture > Properties > Options: fill in Alternative, or tick Decorative."),
        _("Accessibility > Set Alternate Text: say what it tells, or mark it as decorative."),
    ),
    IssueCode.TABLE_WITHOUT_HEADERS: remedies(
        _("First row > Table Layout > Repeat Header Rows; under Table Design tick Header Row."),
        _("Table > Properties > Text Flow: tick “Repeat heading”, and export as Tagged PDF."),
        _("Accessibility > Reading Order > Table Editor: mark the header cells with their scope."),
    ),
    IssueCode.NO_HEADINGS: remedies(
        _("Give headings the styles Heading 1, Heading 2 and so on instead of bold letters."),
        _("Give headings the styles Heading 1, Heading 2 and so on instead of bold letters."),
        _("Accessibility > Reading Order: mark each heading with its level."),
    ),
    IssueCode.HEADING_SKIPPED: remedies(
        _("Give the heading the style of the next level: Heading 2 after Heading 1, never Heading 3."),
        _("Give the heading the style of the next level: Heading 2 after Heading 1, never Heading 3."),
        _("Tags panel: change the tag to the level that follows the one above it."),
    ),
    IssueCode.LIST_BADLY_BUILT: remedies(
        _("Make the list with the buttons for bullets or numbering, not with typed dashes or figures."),
        _("Make the list with Format > Bullets and Numbering, not with typed dashes or figures."),
        _("Tags panel: put each item into LI, its sign into Lbl and its text into LBody, all within L."),
    ),
    IssueCode.NO_BOOKMARKS: remedies(
        _("Save As > PDF > Options: tick “Create bookmarks using headings”."),
        _("Export as PDF > General: tick “Export outlines”."),
        _("Bookmarks panel > Options > New Bookmarks From Structure: choose the heading tags."),
    ),
    IssueCode.TAB_ORDER: remedies(
        _("Save As PDF with “Document structure tags for accessibility”; it sets the order too."),
        _("Export as PDF > General: tick “Universal Accessibility (PDF/UA)”; it sets the order too."),
        _("Page Thumbnails: select all > Page Properties > Tab Order: use Document Structure."),
    ),
    IssueCode.LINK_WITHOUT_TEXT: remedies(
        _("Link words that say where they lead, and save as PDF with tags."),
        _("Link words that say where they lead, and export as Tagged PDF."),
        _("Tags panel: put the link's words and its OBJR into one Link tag, or give it alternative text."),
    ),
    IssueCode.FIELD_WITHOUT_NAME: remedies(
        _("Word makes no form fields in a PDF: name them in Acrobat or LibreOffice."),
        _("Form > Control Properties: fill in the help text of each field, and export again."),
        _("Prepare Form > field's Properties > General: fill in the tooltip."),
    ),
    IssueCode.FONT_WITHOUT_UNICODE: remedies(
        _("Set the text in another font, such as one that came with Word, and save as PDF again."),
        _("Set the text in another font, an OpenType or TrueType one, and export again."),
        _("Print Production > Preflight > fix “Map glyphs to Unicode”, or use another font."),
    ),
    IssueCode.UNCHECKED: SAVE_AGAIN,
}
