"""The pages, groups and site records that every site starts with."""

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
from home.models import ContentPage, HomePage
from papers.models import PaperIndex

CONTENT_PAGES = ["about", "accessibility", "privacy", "house-rules"]


def create() -> HomePage:
    """Create what is missing; change nothing that an editor has made or edited."""
    home = get_or_create_home()
    add_child(home, PostIndex(title="Blog", slug="blog", show_in_menus=True))
    add_child(home, PaperIndex(title="White papers", slug="papers", show_in_menus=True))
    for slug in CONTENT_PAGES:
        if not home.get_children().filter(slug=slug).exists():
            add_child(home, content_page(slug))
    sync_site_address(home)
    permissions.grant(home)
    return home


def get_or_create_home() -> HomePage:
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    # Replace Wagtail's welcome page.
    root.get_children().filter(slug="home").exact_type(Page).delete()
    root.refresh_from_db()
    home = HomePage(
        title="Colloquy",
        slug="home",
        introduction=(
            "Research and commentary on shared services for school districts, "
            "and what administrators think of it."
        ),
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def add_child(home: HomePage, page: Page) -> None:
    if not home.get_children().filter(slug=page.slug).exists():
        home.add_child(instance=page)
        page.save_revision().publish()


def content_page(slug: str) -> ContentPage:
    """Return an unsaved page with the text of ``content/<slug>.md``."""
    text = resources.files("home").joinpath(f"content/{slug}.md").read_text(encoding="utf-8")
    title, introduction, *rest = text.strip().split("\n\n")
    html = MarkdownIt("commonmark").render("\n\n".join(rest))
    page = ContentPage(
        title=title.removeprefix("# "), slug=slugify(slug), introduction=" ".join(introduction.split()),
        show_in_menus=slug == "about",
    )  # fmt: skip
    page.body = [("text", RichText(html))]
    return page


def sync_site_address(home: HomePage) -> None:
    """Write BASE_URL into both tables from which absolute URLs are made."""
    scheme, _, rest = settings.BASE_URL.partition("://")
    host, _, port = rest.partition(":")
    port_number = int(port) if port else {"http": 80, "https": 443}[scheme]
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page, site.site_name = (
        host,
        port_number,
        home,
        settings.WAGTAIL_SITE_NAME,
    )
    site.save()
    DjangoSite.objects.update_or_create(
        pk=settings.SITE_ID, defaults={"domain": rest, "name": settings.WAGTAIL_SITE_NAME}
    )
