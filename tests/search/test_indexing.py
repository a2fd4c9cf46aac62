"""What stands in the search table, and how it is written anew."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from accounts.models import User
from accounts.privacy import registry
from publishing.models import Authorship
from search.indexing import index_page, rebuild
from search.models import Entry, Word
from tests.support.comments import make_comment, make_guest_comment, visible_text
from tests.support.factories import make_author, make_post, make_user
from tests.support.searching import make_findable_post, make_read_paper, results_of

pytestmark = pytest.mark.django_db


def test_a_post_is_found_by_its_body(client):
    make_findable_post(body=[("text", RichText("<p>Two towns share a <b>nurse</b>.</p>"))])

    assert results_of(client, "nurses towns") == [("post", 0)]


def test_a_page_of_a_paper_is_found_with_its_number(client):
    paper = make_read_paper(["Cover", "On buses", "Every collaborative needs a dispatcher."])

    response = client.get("/search/", {"q": "dispatchers"})

    (result,) = response.context["results"]
    assert result["url"] == f"{paper.url}read/3/?q=dispatchers#found"
    assert "Every collaborative needs a <mark>dispatcher</mark>" in response.content.decode()


def test_the_table_can_be_written_anew(client):
    make_post(title="Dispatcher")

    assert rebuild() >= 1
    assert results_of(client, "dispatcher") == [("post", 0)]


def people(client, query: str) -> list[str]:
    response = client.get("/search/", {"q": query, "kind": "person"})
    return [result["entry"].title for result in response.context["results"]]


def make_written(author, **fields):
    post = make_post(**fields)
    Authorship.objects.create(page=post, author=author)
    index_page(post.pk)
    return post


def test_a_paper_is_found_by_its_identifiers_and_statements(client):
    make_read_paper(
        ["Cover"], doi="10.5555/caec.wp.1", isbn="978-1-23456-789-7", series="Briefs", series_number="7",
        funding="Paid for by the Heliotrope Fund.",
    )  # fmt: skip

    for query in ("10.5555/caec.wp.1", "https://doi.org/10.5555/caec.wp.1", "9781234567897", "Briefs 7",
                  "heliotrope"):  # fmt: skip
        assert results_of(client, query) == [("paper", 0)], query


def test_a_post_is_found_by_its_tags(client):
    post = make_post()
    post.tags.add("H.538")
    post.save_revision().publish()
    index_page(post.pk)

    assert results_of(client, "h538") == results_of(client, "House bill 538") == [("post", 0)]


def test_an_author_is_found_as_a_person_once_and_by_what_they_wrote(client):
    author = make_author("Adele Quillfeather", orcid="0000-0002-1825-0097", role="Director")
    make_written(author, title="One")
    make_written(author, title="Two")

    response = client.get("/search/", {"q": "quillfeather"})

    assert [result["entry"].kind for result in response.context["results"]] == ["person", "post", "post"]
    assert "Author Adele Quillfeather Director" in visible_text(response)
    assert f'href="{author.get_absolute_url()}"' in response.content.decode()
    assert people(client, "0000-0002-1825-0097") == ["Adele Quillfeather"]


def test_an_author_is_public_while_a_page_of_theirs_is(client):
    author = make_author("Adele Quillfeather")
    first, second = make_written(author), make_written(author)
    PageViewRestriction.objects.create(page=first, restriction_type="login")
    assert people(client, "quillfeather") == ["Adele Quillfeather"]

    PageViewRestriction.objects.create(page=second, restriction_type="login")

    assert people(client, "quillfeather") == []


def test_a_renamed_author_is_found_by_the_new_name_only(client, run_on_commit):
    author = make_author("Adele Quillfeather")
    make_written(author)

    with run_on_commit():
        author.name = "Adele Heron"
        author.save()

    assert people(client, "heron") == ["Adele Heron"]
    assert results_of(client, "quillfeather") == []


def test_a_commenter_with_a_name_is_found_as_a_person_who_leads_to_the_comments(client, run_on_commit):
    user = make_user(name="Beatrix Ploverfield", role="Superintendent", organisation="Heronsgate")
    with run_on_commit():
        comment = make_comment(by=user, text="I doubt it.")
        make_comment(by=user, on=comment.page, text="Still.")

    response = client.get("/search/", {"q": "ploverfield"})

    assert [result["entry"].kind for result in response.context["results"]] == [
        "person",
        "comment",
        "comment",
    ]
    assert "Commenter Beatrix Ploverfield Superintendent, Heronsgate" in visible_text(response)
    assert len(results_of(client, 'q="Beatrix Ploverfield"&kind=comment')) == 2


def test_nobody_is_found_by_an_e_mail_address(client, run_on_commit):
    with run_on_commit():
        make_comment(by=make_user(email="plover@heliotrope.example", name="Bea"), text="Yes.")
        make_comment(by=make_user(email="quail@heliotrope.example", name=""), text="Yes.")
        make_guest_comment(email="wren@heliotrope.example", text="No.")

    for query in ("plover", "quail", "wren", "heliotrope", "plover@heliotrope.example"):
        found = results_of(client, query)
        assert not {kind for kind, _number in found} & {"comment", "person"}, query
    assert people(client, "member") == []


def test_whoever_has_no_public_comment_is_no_person(client, run_on_commit):
    user = make_user(name="Beatrix Ploverfield")
    with run_on_commit():
        comment = make_comment(by=user)
    assert people(client, "ploverfield") == ["Beatrix Ploverfield"]

    with run_on_commit():
        comment.remove(rule=2)

    assert people(client, "ploverfield") == []


def test_a_renamed_member_is_found_by_the_new_name_only(client, run_on_commit):
    user = make_user(name="Beatrix Ploverfield")
    with run_on_commit():
        make_comment(by=user)

    with run_on_commit():
        user.update_profile(name="Beatrix Heron", role="", organisation="")

    assert people(client, "heron") == ["Beatrix Heron"]
    assert "Beatrix Heron on" in client.get("/search/?q=heron").content.decode()
    assert results_of(client, "ploverfield") == []


@pytest.mark.parametrize("gone", ["erased", "deleted", "deactivated"])
def test_a_member_who_is_gone_is_no_person(client, run_on_commit, gone):
    user = make_user(name="Beatrix Ploverfield")
    with run_on_commit():
        make_comment(by=user)

    with run_on_commit():
        if gone == "deactivated":
            user.is_active = False
            user.save()
        elif gone == "deleted":
            user.delete()
        else:
            registry.erase(user)

    assert people(client, "ploverfield") == []
    if gone != "deactivated":
        assert not User.objects.filter(pk=user.pk).exists()
        assert not Entry.objects.filter(person__startswith="member:").exists()
        assert not Word.objects.filter(text="ploverfield").exists()
        assert "Ploverfield" not in client.get("/search/?q=ploverfeld").content.decode()


def test_a_sign_in_writes_nothing_into_the_search_table(django_capture_on_commit_callbacks):
    user = make_user()

    with django_capture_on_commit_callbacks() as callbacks:
        user.save(update_fields=["last_login"])

    assert callbacks == []


def test_a_table_of_contents_comes_after_what_it_lists(client):
    contents = "Contents\n" + "\n".join(f"Shared dispatchers {'.' * 30} {n}" for n in range(10))
    make_read_paper([contents, f"A page about dispatchers. {'It has many words. ' * 80}"])

    response = client.get("/search/", {"q": "dispatchers"})

    assert [result["entry"].number for result in response.context["results"]] == [2, 1]
    assert "...." not in response.content.decode()


def test_the_page_of_a_paper_with_the_exact_phrase_comes_before_comments(client, run_on_commit):
    make_read_paper([f"{'Many other words stand here. ' * 60} The shared bus. {'And more. ' * 60}"])
    with run_on_commit():
        for number in range(3):
            make_comment(text=f"A shared bus, yes. {number}")

    for query in ("“shared bus”", "shared bus"):
        assert results_of(client, query)[0] == ("sheet", 1), query


def test_a_text_without_spaces_and_words_without_end_can_be_indexed(client):
    make_findable_post(body=[("text", RichText(f"<p>{'地区合作' * 5_000} {'x' * 5_000} heliotrope</p>"))])

    assert results_of(client, "区合") == results_of(client, "heliotrope") == [("post", 0)]
