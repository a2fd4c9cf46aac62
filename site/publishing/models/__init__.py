"""The words every published page shares."""

from publishing.models.audiences import Audience
from publishing.models.authors import Author, Authorship
from publishing.models.changes import Change
from publishing.models.files import Rendition, SiteDocument, SiteImage
from publishing.models.published import Published, PublishedQuerySet, all_pages
from publishing.models.related import Related
from publishing.models.topics import Topic, TopicLink

__all__ = [
    "Audience",
    "Author",
    "Authorship",
    "Change",
    "Published",
    "PublishedQuerySet",
    "Related",
    "Rendition",
    "SiteDocument",
    "SiteImage",
    "Topic",
    "TopicLink",
    "all_pages",
]
