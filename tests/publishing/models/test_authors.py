"""An author: the name, the ORCID, and what describes them."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError

from publishing.models import Author
from tests.support.factories import make_author

pytestmark = pytest.mark.django_db


def test_an_author_page_is_described_by_the_biography_or_else_by_role_and_organization(client):
    ink = make_author("Ink Well", biography="<p>Drives a <b>bus</b>.</p><p>Writes &amp; reads.</p>")
    quill = make_author("Quill Feather", role="Director", organisation="Northern Collaborative")

    assert description_of(client, ink) == "Drives a bus. Writes &amp; reads."
    assert description_of(client, quill) == "Director, Northern Collaborative"
    assert description_of(client, make_author("Nemo")) == ""


def description_of(client, author) -> str:
    page = client.get(author.get_absolute_url()).content.decode()
    return "".join(re.findall(r'<meta name="description" content="([^"]*)">', page))


@pytest.mark.django_db
def test_an_author_shows_a_full_link_to_their_orcid(client):
    author = Author.objects.create(name="Ada Plover", slug="ada", orcid="https://orcid.org/0000000218250097")

    assert author.orcid_url == "https://orcid.org/0000-0002-1825-0097"
    page = client.get(author.get_absolute_url()).content.decode()
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in page


@pytest.mark.django_db
def test_an_editor_is_told_what_is_wrong_with_an_orcid():
    with pytest.raises(ValidationError) as error:
        Author(name="Ada", slug="ada", orcid="0000-0002-1825-0098").full_clean()

    assert "not a valid ORCID iD" in error.value.message_dict["orcid"][0]
