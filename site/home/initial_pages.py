"""The pages, groups and addresses a site has from its first day."""

from __future__ import annotations

from importlib import resources

from django.conf import settings
from django.contrib.sites.models import Site as DjangoSite
from django.utils.text import slugify
from markdown_it import MarkdownIt
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from blog.models import PostIndex
from home import permissions
from home.models import HomePage, PlainPage
from papers.models import PaperIndex

PLAIN = ["about", "accessibility", "privacy", "house-rules"]


def begin() -> HomePage:
    """Make what is missing; leave alone what an editor has made or changed."""
    home = front_page()
    child(home, PostIndex(title="Blog", slug="blog", show_in_menus=True))
    child(home, PaperIndex(title="Papers", slug="papers", show_in_menus=True))
    for slug in PLAIN:
        if not home.get_children().filter(slug=slug).exists():
            child(home, plain_page(slug))
    addresses(home)
    permissions.grant(home)
    return home


def front_page() -> HomePage:
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    # Wagtail's own welcome page makes room.
    root.get_children().filter(slug="home").exact_type(Page).delete()
    root.refresh_from_db()
    home = HomePage(
        title="Colloquy",
        slug="home",
        introduction=(
            "Posts and white papers of an association of educational collaboratives, "
            "and what administrators say to them."
        ),
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def child(home: HomePage, page: Page) -> None:
    if not home.get_children().filter(slug=page.slug).exists():
        home.add_child(instance=page)
        page.save_revision().publish()


def plain_page(slug: str) -> PlainPage:
    """Return the first version of a plain page, from the words kept beside this module."""
    words = resources.files("home").joinpath(f"content/{slug}.md").read_text(encoding="utf-8")
    title, introduction, *rest = words.strip().split("\n\n")
    html = MarkdownIt("commonmark").render("\n\n".join(rest))
    page = PlainPage(
        title=title.removeprefix("# "), slug=slugify(slug), introduction=" ".join(introduction.split()),
        show_in_menus=slug == "about",
    )  # fmt: skip
    page.body = [("text", RichText(html))]
    return page


def addresses(home: HomePage) -> None:
    """Write BASE_URL into both tables that make absolute addresses of paths."""
    scheme, _, rest = settings.BASE_URL.partition("://")
    host, _, port = rest.partition(":")
    number = int(port) if port else {"http": 80, "https": 443}[scheme]
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page, site.site_name = host, number, home, settings.WAGTAIL_SITE_NAME
    site.save()
    DjangoSite.objects.update_or_create(
        pk=settings.SITE_ID, defaults={"domain": rest, "name": settings.WAGTAIL_SITE_NAME}
    )
