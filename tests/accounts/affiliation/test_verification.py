"""An organization beside a name is confirmed by an address there or by an editor, for a year."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.affiliation import verification
from accounts.affiliation.badges import AuthorBadge, badges_for
from accounts.models import AccountEvent, Affiliation, Domain, Organisation, User
from mail.models import QueuedEmail
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db
AT_WORK = "grace@northern.k12.example"


def make_organisation(name: str = "Northern District", *domains: str) -> Organisation:
    organisation = Organisation.objects.create(name=name)
    for domain in domains or ("northern.k12.example",):
        Domain.objects.create(organisation=organisation, name=domain)
    return organisation


def make_member_at_work(*, address: str = AT_WORK, role: str = "Superintendent") -> User:
    """Somebody with a verified e-mail address at work."""
    user = make_user(name="Grace Heron", role=role)
    EmailAddress.objects.create(user=user, email=address, verified=True)
    return user


def link() -> str:
    """The path in the newest letter."""
    words = QueuedEmail.objects.latest("pk").text.split()
    return next(word for word in words if "/confirm/" in word).partition("8000")[2]


def confirmed(user: User, organisation: Organisation) -> Affiliation:
    return verification.confirm(user, verification.EmailClaim(organisation, AT_WORK))


def test_an_email_to_an_address_there_confirms_it(client):
    organisation, user = make_organisation(), make_member_at_work()
    client.force_login(user)

    client.post("/accounts/me/organization/", {"organisation": organisation.pk})
    assert QueuedEmail.objects.get().to == AT_WORK
    there = link()
    assert client.get(there).status_code == 200
    assert not badges_for([user])[user.pk].verified
    client.post(there)

    user.refresh_from_db()
    assert badges_for([user]) == {user.pk: AuthorBadge("Superintendent", "Northern District", verified=True)}


def test_a_link_counts_once_and_for_its_owner_alone(client):
    organisation, user = make_organisation(), make_member_at_work()
    verification.request(user, organisation)
    there = link()
    client.force_login(make_user())
    assert client.post(there).status_code == 410

    client.force_login(user)
    assert client.post(there).status_code == 302
    client.post("/accounts/me/organization/withdraw/")

    assert client.post(there).status_code == 410
    assert not Affiliation.objects.valid().exists()


def test_a_link_grows_too_old(client):
    user = make_member_at_work()
    verification.request(user, make_organisation())
    client.force_login(user)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert client.get(link()).status_code in (302, 410)
        assert verification.from_token(link().split("/")[-2], user) is None


def test_without_an_address_there_an_editor_is_asked(client):
    organisation, user = make_organisation(), make_user()
    client.force_login(user)

    client.post("/accounts/me/organization/", {"organisation": organisation.pk})

    assert Affiliation.objects.pending().get().user == user
    assert not QueuedEmail.objects.exists()
    assert not Affiliation.objects.valid().exists()


@pytest.mark.parametrize("address", ["grace@sub.northern.k12.example", "northern.k12.example@gmail.example"])
def test_an_address_somewhere_like_it_confirms_nothing(address):
    user = make_member_at_work(address=address)

    assert verification.email_at(user, make_organisation()) == ""


def test_an_address_that_is_not_proven_confirms_nothing():
    user = make_user()
    EmailAddress.objects.create(user=user, email=AT_WORK, verified=False)

    assert verification.email_at(user, make_organisation()) == ""


def test_it_lasts_a_year():
    user = make_member_at_work()
    confirmed(user, make_organisation())

    with time_machine.travel(timezone.now() + timedelta(days=364), tick=False):
        assert Affiliation.objects.valid().exists()
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        assert not Affiliation.objects.valid().exists()
        assert user.affiliation.has_expired


def test_it_ends_with_the_address():
    user = make_member_at_work()
    confirmed(user, make_organisation())

    EmailAddress.objects.filter(email=AT_WORK).delete()

    assert not Affiliation.objects.valid().exists()


def test_it_ends_when_the_domain_is_no_longer_the_organizations():
    confirmed(make_member_at_work(), make_organisation())

    Domain.objects.all().delete()

    assert not Affiliation.objects.valid().exists()


@pytest.mark.parametrize(("way", "changes", "is_valid"), [
    ("address", {"role": "Teacher"}, True),
    ("editor", {"role": "Teacher"}, False),
    ("address", {"organisation": "Elsewhere"}, False),
    ("editor", {"name": "G. Heron"}, True),
])  # fmt: skip
def test_saying_something_else_about_oneself_ends_what_was_confirmed_about_it(way, changes, is_valid):
    user = make_member_at_work()
    affiliation = confirmed(user, make_organisation())
    if way == "editor":
        verification.confirm_by_editor(affiliation, by=make_user())
    user.refresh_from_db()
    before = {"name": user.name, "role": user.role, "organisation": user.organisation}

    verification.update_profile(user, **before | changes)

    assert Affiliation.objects.valid().exists() is is_valid
    assert AccountEvent.objects.filter(details="expired: Northern District").exists() is not is_valid


def test_people_are_found_by_the_role_they_state():
    grace = make_member_at_work()
    confirmed(grace, make_organisation())
    make_user(role="superintendent")

    assert list(User.objects.verified(role="superintendent")) == [grace]
    assert not User.objects.verified(role="Teacher").exists()


def test_badges_cost_one_query_for_any_number_of_people(django_assert_num_queries):
    people = [make_user(role="Teacher", organisation="Some school") for _ in range(5)]

    with django_assert_num_queries(1):
        badges = badges_for(people)

    assert set(badges.values()) == {AuthorBadge("Teacher", "Some school", verified=False)}


@pytest.mark.parametrize("name", ["gmail.com", "northern", "a b.example", "https://northern.example/", "@"])
def test_what_is_no_domain_of_an_employer_is_refused(name):
    with pytest.raises(ValidationError):
        Domain(organisation=make_organisation(), name=name).full_clean()


def test_a_domain_is_tidied():
    domain = Domain(organisation=make_organisation(), name=" @Southern.K12.example. ")
    domain.clean()

    assert domain.name == "southern.k12.example"


def make_editor(*rights: str) -> User:
    editor = make_user(name="Lionel Sedgwick")
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.user_permissions.add(
        *Permission.objects.filter(codename__in=rights, content_type__app_label="accounts")
    )
    return editor


@pytest.mark.parametrize(("decision", "is_valid"), [("confirm", True), ("withdraw", False)])
def test_an_editor_decides(client, decision, is_valid):
    organisation, user = make_organisation(), make_user()
    verification.request(user, organisation)
    client.force_login(editor := make_editor("view_affiliation", "change_affiliation"))

    fields = {"organisation": organisation.pk, "decision": decision}
    response = client.post(f"/admin/voices/edit/{user.affiliation.pk}/", fields)

    assert response.status_code == 302
    assert Affiliation.objects.valid().exists() is is_valid
    assert AccountEvent.objects.get(action=AccountEvent.Action.AFFILIATION).by == editor


def test_nobody_adds_or_deletes_voices_at_the_admin(client):
    affiliation = confirmed(make_member_at_work(), make_organisation())
    client.force_login(make_user(is_superuser=True))

    client.post(f"/admin/voices/delete/{affiliation.pk}/")

    assert Affiliation.objects.exists()
    assert client.get("/admin/voices/new/").status_code == 302


def test_editors_list_organizations_with_their_domains(client):
    client.force_login(make_user(is_superuser=True))
    fields = {
        "name": "Southern Collaborative", "domains-TOTAL_FORMS": 1, "domains-INITIAL_FORMS": 0,
        "domains-MIN_NUM_FORMS": 0, "domains-MAX_NUM_FORMS": 1000, "domains-0-name": "Southern.example",
    }  # fmt: skip

    client.post("/admin/snippets/accounts/organisation/add/", fields)

    assert Organisation.objects.get().domains.get().name == "southern.example"


def test_whoever_asks_too_often_waits(client):
    organisation, user = make_organisation(), make_member_at_work()
    client.force_login(user)

    responses = [
        client.post("/accounts/me/organization/", {"organisation": organisation.pk}) for _ in range(6)
    ]

    assert [response.status_code for response in responses] == [302] * 5 + [429]


def test_an_editor_who_says_something_else_at_the_admin_loses_it_too(client):
    editor = make_editor()
    EmailAddress.objects.create(user=editor, email=AT_WORK, verified=True)
    confirmed(editor, make_organisation())
    client.force_login(editor)
    fields = {
        "name_email-name": "L. S.",
        "name-name": "L. S.",
        "name-role": "",
        "name-organisation": "Elsewhere",
    }

    page = client.post("/admin/account/", {**initial_of(client, "/admin/account/"), **fields})

    assert page.status_code == 302
    editor.refresh_from_db()
    assert editor.organisation == "Elsewhere"
    assert not Affiliation.objects.valid().exists()


def initial_of(client, place: str) -> dict[str, object]:
    """What a form would send back untouched."""
    panels = client.get(place).context["panels_by_tab"].values()
    forms = [panel.get_form() for tab in panels for panel in tab]
    bound = [field for form in forms for field in form]
    return {field.html_name: field.value() for field in bound if field.value() not in (None, False)}
