"""Who may have a file from Wagtail's own address of it, ``/documents/…``.

Nobody, unless something open to them uses it: an edition they may read, a data
file of a paper they may see, or a page they may see that links to it. A file
that nothing uses, such as a former draft, is for editors.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from accounts.signin.mfa import require_recent_mfa
from discussion.threads.locations import may_read
from papers.downloads.responses import read_online_only
from publishing.models import SiteDocument

MAX_REFERENCES = 200  # to one document that are looked at


def deny_document(document: SiteDocument, request: HttpRequest) -> HttpResponse | None:
    """Return the answer to somebody who may not have ``document`` as a file; None for one who may.

    Whose rights as staff alone open it is first asked for their second factor.
    Raises Http404.
    """
    editions = list(document.editions.select_related("paper").with_files())
    uses = [*editions, *document.data_of.select_related("paper")]
    readable = [use for use in uses if use.may_be_read_by(request)]
    read_online = [use for use in readable if use in editions and not use.has_download]
    if len(readable) > len(read_online) or (not uses and is_on_an_open_page(document, request)):
        return None
    if may_use_as_staff(document, uses, request):
        return require_recent_mfa(request)
    if read_online:
        return read_online_only(request, read_online[0])
    raise Http404


def may_use_as_staff(document: SiteDocument, uses: list[Any], request: HttpRequest) -> bool:
    """Say whether the user edits a paper that uses the file, or may choose files that nothing uses."""
    if not request.user.is_authenticated:
        return False
    if uses:
        return any(use.paper.permissions_for_user(request.user).can_edit() for use in uses)
    policy = policy_registry.get(document)
    return policy.user_has_permission_for_instance(request.user, "choose", document)


def is_on_an_open_page(document: SiteDocument, request: HttpRequest) -> bool:
    """Say whether a published page that this reader may see links to the file.

    Wagtail's reference index is made from what is published, not from drafts.
    """
    page_type = ContentType.objects.get_for_model(Page)  # under which the index files pages of all types
    keys = ReferenceIndex.get_references_to(document).filter(base_content_type=page_type)
    keys = keys.values_list("object_id", flat=True)[:MAX_REFERENCES]
    return any(may_read(request, page) for page in Page.objects.live().filter(pk__in=map(int, keys)))
