"""Whatever changes, every page shows it at once, in every process; and no other page is rendered anew for it.

Each change is made on the rich site, and each page is then compared with what
Django renders without any cache: nobody has to know which page shows what.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from accounts.affiliation import verification
from accounts.models import Affiliation, Organisation
from blog.models import Post
from discussion.models import Comment, DiscussionSettings, Reaction, State
from home.models import ContentPage
from pagecache import fragments, kept_values
from papers.models import DownloadCount, Edition, Paper
from publishing.models import Author, SiteDocument, SiteImage, Topic
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_post, make_user
from tests.support.page_cache import NoStore, ask, make_cache
from tests.support.page_versions import publish_bumps
from tests.support.paper_files import make_edition
from tests.support.rich_site import NOW, make_rich_site

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "/blog/", "/blog/?page=2", "/blog/?topic=health-services", "/blog/sharing-a-nurse/",
    "/blog/sharing-a-nurse/?order=newest", "/blog/after/", "/blog/before/", "/blog/note-3/", "/blog/feed/",
    "/papers/", "/papers/building-capacity/", "/papers/sharing-payroll/", "/papers/feed/",
    "/papers/building-capacity/read/", "/papers/building-capacity/read/2/",
    "/papers/building-capacity/read/text/", "/papers/building-capacity/cite/",
    "/papers/building-capacity/cite.bib", "/topics/health-services/", "/topics/health-services/feed/",
    "/authors/quill-feather/", "/discussion/", "/discussion/feed/", "/search/?q=nurse", "/search/?q=zebra",
    "/about/", "/house-rules/", "/sitemap.xml", "/robots.txt", "/oai/?verb=Identify",
    "/oai/?verb=ListRecords&metadataPrefix=oai_dc", "/nowhere/", "/blog/new-post/", "/old/",
    "/.well-known/security.txt",
]  # fmt: skip


def post():
    return Post.objects.get(slug="sharing-a-nurse")


def paper():
    return Paper.objects.get(slug="building-capacity")


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def remove_tag(page):
    page.tags.remove("nurses")
    page.save_revision().publish()


def save(thing, **changes):
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.save()


def first_comment():
    return Comment.objects.published().filter(page=post()).order_by("pk").first()


def edition():
    return Edition.objects.published().filter(paper=paper()).order_by("-number").first()


CHANGES = {
    "a post's title": lambda: publish(post(), title="Sharing two nurses"),
    "a post's text": lambda: publish(post(), body=[("text", "<p>Rewritten.</p>")]),
    "a post's topic": lambda: publish(post(), topic_links=[]),
    "a post's tag": lambda: remove_tag(post()),
    "a post's authors": lambda: publish(post(), authorships=[]),
    "what is related": lambda: publish(post(), related_links=[]),
    "a new post": lambda: make_post(title="New", slug="new-post", first_published_at=timezone.now()),
    "a post that is unpublished": lambda: Post.objects.get(slug="note-3").unpublish(),
    "a post that is deleted": lambda: Post.objects.get(slug="note-4").delete(),
    "a post that moves": lambda: publish(Post.objects.get(slug="note-5"), slug="moved"),
    "a post that becomes private": lambda: PageViewRestriction.objects.create(
        page=Post.objects.get(slug="before"), restriction_type="login"
    ),
    "a page's text": lambda: publish(ContentPage.objects.get(slug="about"), title="Who we are"),
    "a page of the menu": lambda: publish(
        ContentPage.objects.get(slug="house-rules"), show_in_menus=True, title="Our rules"
    ),
    "the site's name": lambda: save(Site.objects.get(), site_name="Another name"),
    "a paper's title": lambda: publish(paper(), title="Building more capacity"),
    "a new edition": lambda: make_edition(paper(), publication_date=NOW.date()),
    "an edition that is withdrawn": lambda: edition().withdraw(reason="It was wrong."),
    "an edition under embargo": lambda: Edition.objects.filter(pk=edition().pk).update(
        embargoed_until=timezone.now() + timedelta(days=9)
    ),
    "a topic's name": lambda: save(Topic.objects.get(slug="health-services"), name="Nursing"),
    "an author's name": lambda: save(Author.objects.get(slug="quill-feather"), name="Quill Pen"),
    "an image's description": lambda: save(SiteImage.objects.first(), description="Another description."),
    "a document's title": lambda: save(
        SiteDocument.objects.get(title="Costs by town"), title="Costs by village"
    ),
    "a member's name": lambda: save(first_comment().user or make_user(), name="Another Name"),
    "a member's organization": lambda: save(Organisation.objects.first(), name="Renamed District"),
    "a verified role": lambda: verification.withdraw(Affiliation.objects.valid().first().user),
    "a comment": lambda: make_comment(on=post(), text="Something new."),
    "a guest's comment": lambda: make_guest_comment(on=post(), text="From a guest."),
    "a comment that is removed": lambda: first_comment().remove(rule=1),
    "a comment that is held": lambda: first_comment().hold(),
    "a comment that is erased": lambda: first_comment().erase(),
    "a comment that is edited": lambda: Comment.objects.filter(pk=first_comment().pk).update(
        comment="Edited.", edited_at=timezone.now()
    ),
    "a comment that is approved": lambda: make_comment(on=post(), state=State.WAITING).approve(),
    "a mark": lambda: Reaction.objects.toggle(first_comment(), make_user()),
    "a member who leaves": lambda: (
        Comment.objects.filter(page=post(), user__isnull=False).first().user.delete()
    ),
    "a post whose comments close": lambda: publish(post(), comments_open=False),
    "the settings of discussions": lambda: save(
        DiscussionSettings.for_site(Site.objects.get()), close_after_days=1
    ),
    "a redirect": lambda: Redirect.objects.create(old_path="/old", redirect_link="/blog/"),
    "a download": lambda: DownloadCount.objects.add_one(
        Edition.objects.filter(paper__slug="sharing-payroll").first().pk
    ),
}
UNSEEN = {
    "a download",
    "a member who leaves",
    "an image's description",
    "a document's title",
}  # may change nothing that is shown
FEW = ("a post's title", "the site's name", "a topic's name", "a member's name", "a comment", "a redirect")


SOME = [
    "/", "/blog/", "/blog/sharing-a-nurse/", "/blog/after/", "/papers/building-capacity/",
    "/topics/health-services/", "/authors/quill-feather/", "/discussion/feed/", "/about/", "/old/",
]  # fmt: skip


@pytest.fixture
def processes(tmp_path):
    """Two page caches that share nothing but the table of versions."""
    return [make_cache(tmp_path / name, store=NoStore()) for name in ("one", "two")]


@pytest.fixture
def _rich_site(run_on_commit):
    with time_machine.travel(NOW, tick=False):
        with run_on_commit():
            make_rich_site()
        publish_bumps()
        yield


def check(names, pages, processes, run_on_commit):
    """Make one change after another; after each, every page of both processes is as Django renders it now."""
    django = get_wsgi_application()
    shown = {path: ask(django, path).body for path in pages}
    for process in processes:
        assert {path: ask(process, path).body for path in pages} == shown
    for name in names:
        with run_on_commit():
            CHANGES[name]()
        publish_bumps()
        # With what this process keeps of earlier pages, and then without.
        answers = [{path: ask(process, path).body for path in pages} for process in processes]
        kept_values.clear()
        fragments.clear()
        before, shown = shown, {path: ask(django, path).body for path in pages}
        assert name in UNSEEN or shown != before, name
        for answer in answers:
            for path in pages:
                assert answer[path] == shown[path], (name, path)


@pytest.mark.usefixtures("_rich_site")
def test_what_changes_is_shown_at_once_by_every_process(processes, run_on_commit):
    check(FEW, SOME, processes, run_on_commit)


@pytest.mark.soak
@pytest.mark.usefixtures("_rich_site")
def test_whatever_changes_is_shown_at_once_by_every_process(processes, run_on_commit):
    check(CHANGES, PAGES, processes, run_on_commit)


def test_a_comment_lets_no_other_discussion_be_rendered_anew(processes, run_on_commit):
    process, page = processes[0], make_post()
    others = [make_post().url, "/about/", "/robots.txt"]
    publish_bumps()
    for path in [*others, page.url]:
        ask(process, path)
    rendered = process.counters.read("misses")

    with run_on_commit():
        make_comment(on=page, text="Something new.")
    publish_bumps()
    for path in others:
        ask(process, path)
    assert process.counters.read("misses") == rendered

    assert b"Something new." in ask(process, page.url).body
    assert process.counters.read("misses") == rendered + 1


def test_a_draft_that_is_saved_and_a_member_who_signs_in_change_no_page(processes, run_on_commit, client):
    process, page, member = processes[0], make_post(), make_user()
    publish_bumps()
    ask(process, page.url)
    rendered = process.counters.read("misses")

    page.title = "Not published yet"
    with run_on_commit():
        page.save_revision()
        client.force_login(member)
        make_user(name="Somebody New")
    publish_bumps()
    ask(process, page.url)

    assert process.counters.read("misses") == rendered
