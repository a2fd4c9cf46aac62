"""What a PDF would do by itself is found and taken out, and nothing else."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from papers.pdf import active_content
from papers.pdf.active_content import ActiveContent
from tests.support.paper_files import pdf_bytes
from tests.support.pdf_active import an_action, attachment, cleaned, launch, made, script

pytestmark = pytest.mark.django_db


def named_script(pdf):
    action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"app.alert(1)")))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


def script_behind_a_link(pdf):
    first = Dictionary(
        S=Name.URI,
        URI=String("https://example.org/"),
        Next=Array([Dictionary(S=Name.JavaScript, JS=String("x"))]),
    )
    pdf.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=first)]
    )


MADE = {
    script: {ActiveContent.JAVASCRIPT},
    named_script: {ActiveContent.JAVASCRIPT},
    script_behind_a_link: {ActiveContent.JAVASCRIPT},
    launch: {ActiveContent.LAUNCH},
    attachment: {ActiveContent.EMBEDDED},
}


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
def test_active_content_is_found_and_taken_out(make, tmp_path):
    path, cleaned = tmp_path / "active.pdf", tmp_path / "clean.pdf"
    path.write_bytes(made(make))

    removed = active_content.strip(path, to=cleaned)

    assert removed == MADE[make]
    assert active_content.find(cleaned) == set()
    with pikepdf.open(cleaned) as pdf:
        everything = b"".join(one.unparse(resolved=True) for one in pdf.objects)
        assert len(pdf.pages) == 1
    assert not any(word in everything for word in (b"app.alert", b"calc.exe", b"/EmbeddedFile"))


def test_an_action_that_nothing_leads_to_is_removed(tmp_path):
    """A later change of the file could bring it back."""
    path, clean = tmp_path / "active.pdf", tmp_path / "clean.pdf"
    content = pdf_bytes(words="Shared buses")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.Root.OpenAction = pdf.make_indirect(an_action("file on a server"))
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(path.read_bytes().replace(b"/OpenAction", b"/OpenNothin"))

    assert active_content.strip(path, to=clean) == {ActiveContent.OUTSIDE}
    assert b"203.0.113.5" not in clean.read_bytes()


def test_a_tagged_file_keeps_its_structure(tmp_path):
    """Structure elements have keys of the same names as actions."""

    def tagged(pdf):
        attributes = Dictionary(O=Name.Layout, Placement=Name.Block)
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array(
            [Dictionary(S=Name.Sound, P=root, K=0, A=attributes), Dictionary(S=Name.P, P=root, A=attributes)]
        )
        pdf.Root.StructTreeRoot = root
        pdf.pages[0].Trans = Dictionary(S=Name.Dissolve)

    removed, _ = cleaned(tmp_path, tagged)

    assert removed == set()


def test_a_cleaned_file_keeps_its_encryption_and_what_its_owner_allows(tmp_path):
    path, clean = tmp_path / "active.pdf", tmp_path / "clean.pdf"
    allowed = pikepdf.Permissions(extract=False)
    with pikepdf.open(io.BytesIO(made(script))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="", allow=allowed))

    active_content.strip(path, to=clean)

    with pikepdf.open(clean) as pdf:
        assert pdf.is_encrypted
        assert not pdf.allow.extract


def test_a_portfolio_is_an_ordinary_file_afterwards(tmp_path):
    """Readers would show an empty list of files in place of the pages."""

    def portfolio(pdf):
        attachment(pdf)
        pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.T)
        pdf.Root.AF = Array([Dictionary(Type=Name.Filespec, F=String("towns.exe"))])

    removed, everything = cleaned(tmp_path, portfolio)

    assert removed == {ActiveContent.EMBEDDED}
    assert b"/Collection" not in everything
    assert b"/AF" not in everything
