"""What the tags of a PDF are taken for."""

from __future__ import annotations

from pikepdf import Dictionary, Name

from papers.pdf.accessibility.check import IssueCode
from tests.support.pdf_tagged import Build, codes


def test_a_role_of_its_own_is_known_by_what_it_stands_for(tmp_path):
    build = Build()
    build.tree.RoleMap = Dictionary(Bild=Name.Grafik, Grafik=Name.Figure, Round=Name.About, About=Name.Round)
    build.tag("Bild", 1)
    build.tag("Round", 2)

    assert codes(build.save(tmp_path / "paper.pdf")) == {IssueCode.FIGURE_WITHOUT_ALTERNATIVE}
