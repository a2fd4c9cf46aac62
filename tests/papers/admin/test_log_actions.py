"""How a paper's history words what was done to its editions."""

from __future__ import annotations

import pytest
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from papers.admin.log_actions import ACTIONS


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_a_label_and_a_sentence(action):
    entry = PageLogEntry(action=action, data={"edition": 2, "outcome": "ready", "reference": "R-7"})

    message = registry.get_formatter(entry).format_message(entry)

    assert registry.get_action_label(action)
    assert "2nd edition" in message
    assert "%(" not in message


def test_a_review_without_an_outcome_that_is_known_says_so():
    entry = PageLogEntry(action="papers.gate.decide", data={"edition": 1, "outcome": "an-old-one"})

    message = registry.get_formatter(entry).format_message(entry)

    assert message == "Reviewed the accessibility of the 1st edition: no outcome"
