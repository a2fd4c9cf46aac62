"""The mail domains of an organization, and what none can be."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Domain, Organisation
from tests.support.affiliations import (
    make_organisation,
)
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["gmail.com", "northern", "a b.example", "https://northern.example/", "@"])
def test_what_is_no_domain_of_an_employer_is_refused(name):
    with pytest.raises(ValidationError):
        Domain(organisation=make_organisation(), name=name).full_clean()


def test_a_domain_is_tidied():
    domain = Domain(organisation=make_organisation(), name=" @Southern.K12.example. ")
    domain.clean()

    assert domain.name == "southern.k12.example"


def test_editors_list_organizations_with_their_domains(client):
    client.force_login(make_user(is_superuser=True))
    fields = {
        "name": "Southern Collaborative", "domains-TOTAL_FORMS": 1, "domains-INITIAL_FORMS": 0,
        "domains-MIN_NUM_FORMS": 0, "domains-MAX_NUM_FORMS": 1000, "domains-0-name": "Southern.example",
    }  # fmt: skip

    client.post("/admin/snippets/accounts/organisation/add/", fields)

    assert Organisation.objects.get().domains.get().name == "southern.example"
