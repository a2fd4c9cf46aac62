"""A cover is seen by whoever may see the edition it is made from, and kept from all others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.utils import timezone
from wagtail.models import PageViewRestriction

from papers.files.models import cover_variants
from papers.models import Edition, FileRecord
from tests.support.factories import make_user
from tests.support.paper_files import make_document, make_edition, make_editor
from tests.support.reviews import make_review

pytestmark = pytest.mark.django_db


def give_cover(edition: Edition) -> str:
    """Give the edition's file a cover; return its address."""
    record = FileRecord.objects.get(document=edition.document_id)
    name = f"covers/{record.sha256}-0123456789abcdef.webp"
    for variant in cover_variants(name):
        if not default_storage.exists(variant):
            default_storage.save(variant, ContentFile(b"a picture"))
    FileRecord.objects.filter(pk=record.pk).update(cover=name, cover_width=480, cover_height=600)
    record.refresh_from_db()
    return str(record.cover_image["url"])


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def address(edition) -> str:
    return give_cover(edition)


def unpublish(edition: Edition) -> None:
    edition.paper.unpublish()


def withdraw(edition: Edition) -> None:
    edition.withdraw()


def embargo(edition: Edition) -> None:
    edition.embargoed_until = timezone.now() + timedelta(days=3)
    edition.save()


def take_back(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.DRAFT)


def give_on_request(edition: Edition) -> None:
    edition.paper.files_on_request = True
    edition.paper.save_revision().publish()


def hide_behind_a_password(edition: Edition) -> None:
    PageViewRestriction.objects.create(
        page=edition.paper, restriction_type=PageViewRestriction.PASSWORD, password="quabbin"
    )


def hide_the_list(edition: Edition) -> None:
    PageViewRestriction.objects.create(
        page=edition.paper.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )


def mark_html_only(edition: Edition) -> None:
    make_review(edition, outcome="html-only")


def replace_the_file(edition: Edition) -> None:
    edition.document = make_document(pages=2)
    edition.save()


CLOSING = [
    unpublish, withdraw, embargo, take_back, give_on_request, hide_behind_a_password, hide_the_list,
    replace_the_file,
]  # fmt: skip


def test_the_cover_of_an_open_edition_is_for_everybody_and_kept_by_browsers(client, address):
    response = client.get(address)

    assert b"".join(response.streaming_content) == b"a picture"
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable, s-maxage=60"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


@pytest.mark.parametrize("close", CLOSING, ids=lambda close: close.__name__)
@pytest.mark.parametrize("extension", ["webp", "jpg", "avif"])
def test_a_stranger_who_knows_the_address_sees_no_cover_of_a_closed_edition(
    client, edition, address, close, extension
):
    known = address.replace(".webp", f".{extension}")
    assert client.get(known).status_code == 200

    close(edition)

    response = client.get(known)
    assert response.status_code == 404
    assert b"a picture" not in response.content
    assert "immutable" not in response["Cache-Control"]


def test_a_cover_opens_by_itself_when_the_embargo_ends(client, edition, address):
    embargo(edition)
    Edition.objects.update(embargoed_until=timezone.now() - timedelta(seconds=1))

    assert client.get(address).status_code == 200


def test_no_file_of_a_cover_lies_where_a_proxy_or_a_bucket_serves_it(client, address):
    name = address.rpartition("/")[2]

    assert not storages["public"].exists(f"covers/{name}")
    assert client.get(f"/media/covers/{name}").status_code == 404


def test_a_cover_is_open_as_long_as_one_edition_of_the_same_file_is(client, edition, address):
    other = make_edition(document=make_document(), state=Edition.State.PUBLISHED)
    FileRecord.objects.update(cover=FileRecord.objects.get(document=edition.document_id).cover)

    withdraw(edition)
    assert client.get(address).status_code == 200

    withdraw(other)
    assert client.get(address).status_code == 404


def test_whoever_typed_the_password_of_the_page_sees_its_cover_and_no_cache_does(client, edition, address):
    hide_behind_a_password(edition)
    restriction = PageViewRestriction.objects.get()
    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{edition.paper_id}/",
        {"password": "quabbin", "return_url": edition.paper.url},
    )

    response = client.get(address)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_an_editor_sees_the_cover_of_a_draft(client, edition, address):
    take_back(edition)
    client.force_login(make_editor())

    response = client.get(address)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_member_sees_no_cover_of_a_draft(client, edition, address):
    take_back(edition)
    client.force_login(make_user())

    assert client.get(address).status_code == 404


def test_rights_as_staff_show_a_cover_only_after_the_second_factor(client, edition, address, settings):
    settings.DEMO = False
    take_back(edition)
    client.force_login(make_editor())

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "name", ["nothing.webp", "nothing.png", "x.pdf", "..%2fsecret.webp", "a%00.webp", ".webp"]
)
def test_nothing_else_is_there(client, address, name):
    assert client.get(f"/papers/covers/{name}").status_code == 404


def test_a_cover_whose_file_is_lost_is_not_there(client, address):
    default_storage.delete(f"covers/{address.rpartition('/')[2]}")

    assert client.get(address).status_code == 404


def test_a_bucket_serves_as_well(client, edition, monkeypatch):
    monkeypatch.setitem(storages._storages, "default", InMemoryStorage())
    monkeypatch.setattr(default_storage, "_wrapped", storages["default"])

    assert b"".join(client.get(give_cover(edition)).streaming_content) == b"a picture"


def test_a_public_cover_costs_one_query(client, address, django_assert_num_queries):
    client.get(address)

    with django_assert_num_queries(1):
        client.get(address)


def test_a_cover_is_shown_of_an_edition_that_is_read_online_only(client, edition, address):
    mark_html_only(edition)

    page = client.get(edition.paper.url).content.decode()

    assert address.partition(".")[0] in page
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("close", [give_on_request, embargo], ids=lambda close: close.__name__)
def test_no_page_shows_a_cover_that_its_reader_would_not_get(client, edition, address, close):
    assert address in client.get(edition.paper.url).content.decode()

    close(edition)

    for page in (edition.paper.url, "/papers/"):
        assert address.partition(".")[0] not in client.get(page).content.decode()
