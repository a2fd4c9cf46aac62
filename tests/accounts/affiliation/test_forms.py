"""The choice of the organization that a person works for."""

from __future__ import annotations

import pytest

from accounts.affiliation.forms import AffiliationForm
from tests.support.affiliations import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("choice", ["", "0", "x", "9" * 30])
def test_an_organization_is_chosen_from_the_list(choice):
    listed = make_organisation()

    assert AffiliationForm({"organisation": listed.pk}).is_valid()
    assert "organisation" in AffiliationForm({"organisation": choice}).errors
