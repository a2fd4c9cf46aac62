"""What somebody asked about papers is theirs: given to them, and forgotten with them."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from accounts.privacy import registry
from papers.models import CopyRequest, FormatRequest
from papers.reader_requests import actions
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria():
    maria = make_user(email="maria@example.org")
    EmailAddress.objects.create(user=maria, email="Maria@example.org", verified=True, primary=True)
    EmailAddress.objects.create(user=maria, email="jo@example.org", verified=False)
    return maria


def ask(email, need="Large print"):
    edition = make_edition(make_paper(title="Shared buses"))
    FormatRequest.objects.create(edition=edition, name="M.", email=email, need=need)
    actions.request_copy(edition, name="M.", email=email, purpose=f"{need} for a class")


def test_a_member_takes_along_what_they_asked_for(maria):
    ask("maria@EXAMPLE.org")
    ask("jo@example.org", need="Braille")

    export = registry.export(maria)["requests about papers"]

    (format_request,) = export["accessible formats"]
    assert (format_request["need"], format_request["paper"], format_request["state"]) == (
        "Large print",
        "Shared buses",
        "open",
    )
    assert [copy["what for"] for copy in export["copies"]] == ["Large print for a class"]
    assert "Braille" not in str(export)  # an address nobody has proven may be somebody else's


def test_with_a_member_go_their_requests_and_nobody_elses(maria):
    ask("maria@example.org")
    ask("jo@example.org")

    registry.erase(maria)

    assert list(FormatRequest.objects.values_list("email", flat=True)) == ["jo@example.org"]
    assert list(CopyRequest.objects.values_list("email", flat=True)) == ["jo@example.org"]


def test_a_member_without_a_proven_address_is_given_nothing_of_others():
    ask("ada@example.org")

    export = registry.export(make_user(email="ada@example.org"))["requests about papers"]

    assert export == {"accessible formats": [], "copies": []}
