"""Something at every address: the rich site, and what editors, moderators and members have besides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)  # fmt: skip

from accounts.deletion import service as deletion
from accounts.models import AccountEvent, Affiliation, Organisation, User
from discussion.models import Ban, State
from discussion.moderation import actions
from discussion.moderation import emails as moderation_emails
from discussion.notifications import emails as notification_emails
from discussion.posting import guest_links
from mail.models import SuppressedAddress
from papers.models import CopyRequest, Edition, FormatRequest
from papers.reader_requests import actions as reader_requests
from public_forms import signed_links
from publishing.models import SiteImage
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_post, make_user
from tests.support.paper_files import make_document, make_edition
from tests.support.reviews import make_report
from tests.support.rich_site import RichSite
from tests.support.subscriptions import make_subscription

# By prefix of the route: what fills its parameters; the longest prefix counts.
Values = dict[str, dict[str, Any]]


def make_values(rich: RichSite, *, outsider: User) -> Values:
    """Make something at every address. What belongs to a person belongs to ``outsider``."""
    return {
        **public_values(rich),
        **page_values(rich, outsider),
        **admin_values(rich, outsider),
        **paper_values(rich),
        **comment_values(rich, outsider),
        **account_values(outsider),
    }


def token_of(url: str) -> str:
    """Return the token in an address that ends with it, or has one word after it."""
    return url.rstrip("/").rpartition("/")[2]


def public_values(rich: RichSite) -> Values:
    document = make_document(title="A draft")
    locked = Collection.get_first_root_node().add_child(name="Locked")
    by_password = {"restriction_type": "password", "password": "open sesame"}
    restricted = make_post(title="Restricted")
    return {
        "blog/": {"slug": rich.post.slug},
        "topics/": {"slug": rich.topic.slug},
        "authors/": {"slug": rich.author.slug},
        "media/": {"name": SiteImage.objects.first().get_rendition("width-320").file.name},
        "documents/": {
            "document_id": document.pk, "file_name": document.filename,
            "restriction_id": CollectionViewRestriction.objects.create(collection=locked, **by_password).pk,
        },
        "_util/": {
            "page_id": restricted.pk,
            "page_view_restriction_id": PageViewRestriction.objects.create(page=restricted, **by_password).pk,
        },
    }  # fmt: skip


def page_values(rich: RichSite, outsider: User) -> Values:
    draft = make_post(title="A draft", live=False, owner=outsider)
    draft.save_revision(user=outsider)
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.set(Group.objects.filter(name__in=["Editors", "Moderators", "Administrators"]))
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    submitted = make_post(title="Submitted", live=False, owner=outsider)
    WorkflowPage.objects.create(workflow=workflow, page=submitted)
    submitted.save_revision(user=outsider)
    state = workflow.start(submitted, outsider)
    post, blog = {"page_id": draft.pk, "page_to_move_id": draft.pk, "pk": draft.pk}, draft.get_parent()
    return {
        "admin/pages/": {
            **post, "parent_page_id": blog.pk, "destination_id": blog.pk,
            "revision_id": draft.latest_revision_id, "content_type_app_name": "blog",
            "content_type_model_name": "post", "app_label": "blog", "model_name": "post",
            "task_id": task.pk, "task_state_id": state.current_task_state_id, "action_name": "approve",
        },
        "admin/pages/workflow/": {"page_id": submitted.pk},
        "admin/pages/<page_id>/unpublish/": {"page_id": rich.post.pk},
        "admin/pages/<page_id>/workflow_history/": {
            "page_id": submitted.pk, "workflow_state_id": state.pk,
        },
        "admin/pages/<page_id>/convert_alias/": {"page_id": draft.create_alias(update_slug="an-alias").pk},
        "admin/choose-page/": {"parent_page_id": blog.pk},
        "admin/workflows/": {
            "pk": workflow.pk, "page_pk": submitted.pk, "workflow_pk": workflow.pk,
            "app_label": "wagtailcore", "model_name": "groupapprovaltask", "task_id": task.pk,
        },
        "admin/workflows/tasks/": {"pk": task.pk},
        "admin/editing-sessions/": {
            "app_label": "wagtailcore", "model_name": "page", "object_id": draft.pk,
            "session_id": EditingSession.objects.create(
                user=outsider, content_object=draft.page_ptr, last_seen_at=timezone.now()
            ).pk,
        },
        "admin/api/main/pages/": {"pk": draft.pk, "action_name": "publish"},
    }  # fmt: skip


def admin_values(rich: RichSite, outsider: User) -> Values:
    document, image = make_document(title="Another draft"), SiteImage.objects.first()
    collection = Collection.get_first_root_node().add_child(name="Figures")
    # Nobody has uploaded anything that still waits for its title.
    file = {"document_id": document.pk, "doc_id": document.pk, "uploaded_file_id": 1, "pk": document.pk}
    return {
        "admin/documents/": file,
        "admin/api/main/documents/": file,
        "admin/images/": {
            "image_id": image.pk, "pk": image.pk, "uploaded_file_id": 1, "filter_spec": "width-100",
        },
        "admin/api/main/images/": {"pk": image.pk},
        "admin/collections/": {"pk": collection.pk, "collection_id": collection.pk},
        "admin/bulk/": {"app_label": "discussion", "model_name": "comment", "action": "approve"},
        "admin/tag-autocomplete/": {"app_name": "taggit", "model_name": "tag"},
        "admin/settings/": {
            "app_name": "discussion", "model_name": "discussionsettings",
            "pk": Site.objects.get().pk,
        },
        "admin/redirects/": {
            "redirect_id": Redirect.objects.create(old_path="/old", redirect_link="/").pk
        },
        "admin/snippets/": {"pk": Organisation.objects.first().pk},
        "admin/snippets/publishing/author/": {"pk": rich.author.pk},
        "admin/snippets/choose/publishing/author/": {"pk": rich.author.pk},
        "admin/snippets/publishing/topic/": {"pk": rich.topic.pk},
        "admin/snippets/choose/publishing/topic/": {"pk": rich.topic.pk},
        "admin/voices/": {"pk": Affiliation.objects.first().pk},
        "admin/account-events/": {"pk": AccountEvent.objects.create(action="signed_in", person=outsider).pk},
        "admin/suppressed-addresses/": {
            "pk": SuppressedAddress.objects.create(address="full@example.org", reason="bounced").pk
        },
        "admin/users/": {"pk": outsider.pk},
        "admin/groups/": {"pk": Group.objects.create(name="Interns").pk},
        "admin/sites/": {"pk": Site.objects.get().pk},
        "admin/password_reset/": {"uidb64": "MQ", "token": "set-password"},
    }  # fmt: skip


def paper_values(rich: RichSite) -> Values:
    draft = make_edition(rich.paper, state=Edition.State.DRAFT)
    closed = make_edition(rich.paper, embargoed_until=timezone.now() + timedelta(days=9))
    reader = {"edition": closed, "name": "Rhea Reader", "email": "rhea@example.org"}
    asked = CopyRequest.objects.create(**reader)
    granted = CopyRequest.objects.create(**reader | {"email": "rob@example.org"})
    granted.resolve("granted", user=None)
    make_report(draft)
    request = FormatRequest.objects.create(need="Braille.", **reader)
    drafted = {"paper_pk": rich.paper.pk, "number": draft.number, "document_pk": draft.document_id}
    return {
        "papers/": {
            "slug": rich.paper.slug, "edition": 2, "number": 2, "kind": "ris",
            "stem": "cover", "extension": "webp",
            "paper_pk": rich.paper.pk, "token": reader_requests.make_copy_token(granted), "pk": rich.paper.pk,
            "reference": request.reference,
        },
        "admin/papers/": drafted,
        "admin/papers/<paper_pk>/editions/<number>/withdraw/": {"number": 2},
        "admin/papers/copies/": {"number": asked.pk},
        "admin/papers/requests/": {"pk": request.pk},
    }  # fmt: skip


def comment_values(rich: RichSite, outsider: User) -> Values:
    post = rich.post
    mine = make_comment(on=post, by=outsider)
    waiting = make_guest_comment(on=post, state=State.WAITING)
    unconfirmed = make_guest_comment(on=post, state=State.UNCONFIRMED)
    removed = make_guest_comment(on=post)
    removed.remove(rule=1)
    ban = actions.ban(kind=Ban.Kind.REFUSE, days=7, by=outsider, address="rude@example.org")
    moderator = make_user(name="Mo Derator")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    follow = make_subscription(on=post, by=outsider)
    guest = token_of(guest_links.guest_comment_url(make_guest_comment(on=post)))
    return {
        "discussion/": {"pk": mine.pk, "provider": "google"},
        "discussion/about/": {"pk": rich.paper.pk},
        "discussion/follow/": {"pk": post.pk},
        "discussion/decide/": {
            "token": token_of(moderation_emails.action_url("approve", waiting, moderator))
        },
        "discussion/appeal/": {"token": actions.appeal_token(removed)},
        "discussion/yours/": {"token": guest},
        "discussion/following/": {"token": token_of(notification_emails.subscription_url(follow))},
        "discussion/stop/": {"token": token_of(notification_emails.unsubscribe_url([follow]))},
        "discussion/letters/": {"token": token_of(notification_emails.preferences_url(moderator))},
        "discussion/letters/<token>/stop/": {
            "token": token_of(notification_emails.unsubscribe_moderator_url(moderator).removesuffix("/stop/"))
        },
        "discussion/confirm/": {"token": guest_links.confirm_token(unconfirmed)},
        "admin/discussion/": {"pk": waiting.pk, "action": "note"},
        "admin/discussion-bans/": {"pk": ban.pk},
    }


def account_values(outsider: User) -> Values:
    EmailAddress.objects.create(user=outsider, email=outsider.email, verified=True, primary=True)
    leaving = deletion.request(outsider)
    keep = signed_links.sign(deletion.token_fields(leaving), salt=deletion.SALT)
    # The link belongs to the account that asked for it.
    return {"accounts/": {"pk": 1, "token": "forged"}, "accounts/keep/": {"token": keep}}
