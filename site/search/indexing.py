"""Writing the search table: the entries of a page, its file, its discussion and its people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from accounts.models import User
from discussion.models import Comment
from papers.models import PageText, Paper
from publishing.models import Authorship, all_pages
from publishing.snippets import has_contents, has_references, without_leaders
from publishing.words import normalized
from search import vocabulary
from search.models import MAX_INDEXED_LENGTH, Entry

# By the value of a page's ``kind``, since this room must not import home and its content pages.
KINDS = {"post": Entry.Kind.POST, "paper": Entry.Kind.PAPER, "plain": Entry.Kind.CONTENT}
BATCH_SIZE = 500
# Comments and people have few words, so that each of them would count for more than in what it is about.
WEIGHTS = {
    Entry.Kind.PAPER: 1.1,
    Entry.Kind.COMMENT: 0.3,
    Entry.Kind.PERSON: 0.2,
    Entry.Kind.PDF_PAGE: 0.8,
    Entry.Kind.CONTENT: 0.6,
}
# Of a page that only lists what stands on others, or elsewhere.
CONTENTS_WEIGHT, REFERENCES_WEIGHT = 0.2, 0.4


def index_page(page_id: int) -> int:
    """Rewrite all entries of one page; return how many there are now."""
    page = all_pages().published().filter(pk=page_id).specific().first()
    entries = list(entries_of(page)) if page is not None else []
    replace({"page_id": page_id}, entries)
    return len(entries)


def index_comment(comment_id: int, page_id: int) -> None:
    """Rewrite the entry of one comment and of its author, or delete it where the comment is not public."""
    comment = Comment.objects.published().with_authors().filter(pk=comment_id).first()
    page = all_pages().published().filter(pk=page_id).specific().first()
    entries = [comment_entry(comment, page)] if comment and page else []
    replace({"page_id": page_id, "kind": Entry.Kind.COMMENT, "number": comment_id}, entries)
    index_members(page_id, page)


def index_members(page_id: int, page: Any) -> None:
    """Add and delete the entries of members, as comments of theirs are public on the page or not."""
    wanted = {entry.person: entry for entry in member_entries(page)} if page is not None else {}
    known = Entry.objects.filter(page_id=page_id, person__startswith="member:")
    gone = set(known.values_list("person", flat=True)) - set(wanted)
    new = set(wanted) - set(known.values_list("person", flat=True))
    if gone or new:
        replace({"page_id": page_id, "person__in": gone}, [wanted[person] for person in sorted(new)])


def index_member(user_id: int) -> None:
    """Rewrite what has a member's name: the entries of their comments, and their own."""
    comments = Comment.objects.published().with_authors().filter(user_id=user_id).order_by("page", "pk")
    for page_id in comments.order_by().values_list("page_id", flat=True).distinct():
        page = all_pages().published().filter(pk=page_id).specific().first()
        here = [comment_entry(comment, page) for comment in comments.filter(page_id=page_id) if page]
        replace(
            {"page_id": page_id, "kind": Entry.Kind.COMMENT, "number__in": [one.number for one in here]}, here
        )
        Entry.objects.filter(page_id=page_id, person=f"member:{user_id}").delete()
        index_members(page_id, page)


def index_author(author_id: int) -> None:
    """Rewrite the entries of the pages that name an author."""
    for page_id in Authorship.objects.filter(author_id=author_id).values_list("page_id", flat=True):
        index_page(page_id)


def replace(old: dict[str, Any], new: list[Entry]) -> None:
    """Delete the entries that match the lookups ``old`` and save ``new``, in one transaction."""
    words: set[str] = set()
    for entry in new:
        words |= fill_index(entry)
    with transaction.atomic():
        names = set(Entry.objects.filter(**old).exclude(author_name="").values_list("author_name", flat=True))
        Entry.objects.filter(**old).delete()
        Entry.objects.bulk_create(new, batch_size=BATCH_SIZE)
        vocabulary.add(words)
        # A name must not be suggested, nor kept, once the last page with it is gone.
        vocabulary.forget({word for name in names for word in normalized(name).words.split()} - words)


def fill_index(entry: Entry) -> set[str]:
    """Fill the entry's columns of stems from its texts; return its words.

    Two are given as text: ``title_stems`` with what counts as the title besides it, ``other_stems``
    with what identifies the entry and stands in none of the others.
    """
    title = f"{entry.title} · {entry.title_stems}"
    parts = [normalized(text) for text in (title, entry.author_name, entry.text, entry.other_stems)]
    entry.title_stems, entry.name_stems, entry.text_stems, others = (
        part.stems[:MAX_INDEXED_LENGTH] for part in parts
    )
    entry.other_stems = " ".join(filter(None, [others, *(part.compounds for part in parts)]))
    entry.other_stems = entry.other_stems[:MAX_INDEXED_LENGTH]
    return {word for part in parts for word in part.words.split()}


def entries_of(page: Any) -> Iterable[Entry]:
    """Yield the entries of the page, of each page of its newest file, of each comment and each person."""
    if getattr(page, "kind", "") not in KINDS:
        return
    yield page_entry(page)
    if isinstance(page, Paper) and page.record:
        for pdf_page in PageText.objects.filter(record=page.record).exclude(text=""):
            yield pdf_page_entry(pdf_page, page)
    comments = Comment.objects.published().with_authors().filter(page_id=page.pk)
    for comment in comments.iterator(chunk_size=BATCH_SIZE):
        yield comment_entry(comment, page)
    for authorship in getattr(page, "byline", []):
        yield author_entry(authorship, page)
    yield from member_entries(page)


def page_entry(page: Any) -> Entry:
    introduction = getattr(page, "introduction", "")
    abstract = get_text_for_indexing(getattr(page, "abstract", "") or "")
    parts = [introduction if introduction not in abstract else "", abstract]
    if isinstance(page, Paper):
        parts += [str(finding.value) for finding in page.key_findings]
        parts += [page.funding, page.competing_interests, page.review, page.status_reason]
    else:
        parts += page.body.stream_block.get_searchable_content(page.body)
    names = [getattr(page, name, "") for name in ("doi", "isbn", "series", "series_number", "publisher")]
    names += [topic.name for topic in getattr(page, "topics", [])]
    names += [tag.name for tag in page.tags.all()] if hasattr(page, "tags") else []
    return make_entry(
        page,
        KINDS[page.kind],
        title=page.title,
        title_stems=getattr(page, "subtitle", ""),
        text=" ".join(filter(None, parts)),
        author_name=", ".join(authorship.name for authorship in getattr(page, "byline", []))[:200],
        other_stems=" · ".join(filter(None, names)),
    )


def pdf_page_entry(pdf_page: PageText, page: Paper) -> Entry:
    entry = make_entry(page, Entry.Kind.PDF_PAGE, number=pdf_page.number, text=without_leaders(pdf_page.text))
    if has_contents(pdf_page.text):
        entry.weight = CONTENTS_WEIGHT
    elif has_references(pdf_page.text):
        entry.weight = REFERENCES_WEIGHT
    return entry


def comment_entry(comment: Comment, page: Page) -> Entry:
    return make_entry(
        page,
        Entry.Kind.COMMENT,
        number=comment.pk,
        text=strip_tags(comment.html),
        author_name=comment.name[:200],
        date=comment.submit_date,
        authors=[],
    )


def author_entry(authorship: Authorship, page: Any) -> Entry:
    author = authorship.author
    about = [author.role, author.organisation, get_text_for_indexing(author.biography)]
    entry = person_entry(
        page, f"author:{author.pk}", author.name, about, authors=[author.slug], other_stems=author.orcid
    )
    entry.weight *= 2  # before the same person's comments
    return entry


def member_entries(page: Any) -> Iterator[Entry]:
    """Yield an entry for each member who has a name and a public comment on the page."""
    commenters = Comment.objects.published().filter(page_id=page.pk).order_by().values("user_id")
    for user in User.objects.filter(pk__in=commenters, is_active=True).exclude(name="").order_by("pk"):
        yield person_entry(page, f"member:{user.pk}", user.name, [user.role, user.organisation], authors=[])


def person_entry(page: Any, person: str, name: str, about: list[str], **fields: Any) -> Entry:
    text = ". ".join(filter(None, [", ".join(filter(None, about[:2])), *about[2:]]))
    of_the_page: dict[str, Any] = {"date": None, "topics": [], "audiences": [], "series": ""}
    return make_entry(
        page,
        Entry.Kind.PERSON,
        person=person,
        title=name,
        author_name=name,
        text=text,
        **of_the_page,
        **fields,
    )


def make_entry(page: Any, kind: Entry.Kind, **fields: Any) -> Entry:
    return Entry(kind=kind, weight=WEIGHTS.get(kind, 1), **shared_fields(page) | fields)


def shared_fields(page: Any) -> dict[str, Any]:
    """Return the fields that all entries of a page have in common."""
    return {
        "page_id": page.pk,
        "date": page.first_published_at,
        "topics": [topic.slug for topic in getattr(page, "topics", [])],
        "authors": [authorship.author.slug for authorship in getattr(page, "byline", [])],
        "series": getattr(page, "series", ""),
        "audiences": getattr(page, "audiences", []),
    }


def rebuild() -> int:
    """Rewrite the whole table; return how many entries there are."""
    count = 0
    published = all_pages().published()
    Entry.objects.exclude(page__in=published.order_by().values("pk")).delete()
    vocabulary.clear()
    for page_id in published.values_list("pk", flat=True):
        count += index_page(page_id)
    return count
