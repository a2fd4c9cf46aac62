"""The rules of a site's discussion, and how they are read."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from discussion.models import DiscussionSettings
from discussion.models.settings import HOUSE_RULES, non_blank_lines
from tests.support.comments import queries_of
from tests.support.factories import make_post
from tests.support.moderation import make_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_site_paths():
    """Forget which sites there were: the rows go with the test, what the cache holds of them does not."""
    yield
    Site.clear_site_root_paths_cache()


def test_lines_are_read_without_spaces_and_empty_ones():
    assert non_blank_lines("  one \n\n \t\ntwo words\n") == ["one", "two words"]


def test_a_site_without_a_row_has_the_defaults():
    DiscussionSettings.objects.all().delete()

    rules = DiscussionSettings.for_page(make_post())

    assert (rules.hold, rules.house_rules) == ("none", HOUSE_RULES)
    assert not DiscussionSettings.objects.exists()


def test_the_rules_are_those_of_the_pages_site():
    make_rules(max_links=7)
    elsewhere = Site.objects.create(hostname="other.example.org", root_page=Page.objects.get(depth=1))
    DiscussionSettings.objects.create(site=elsewhere, max_links=2)

    assert DiscussionSettings.for_page(make_post()).max_links == 7


def test_a_page_of_no_site_has_the_defaults():
    make_rules(max_links=7)
    Site.objects.all().delete()
    Site.clear_site_root_paths_cache()

    assert DiscussionSettings.for_page(make_post()).max_links == 5


def test_a_page_asks_for_its_rules_once():
    page = make_post()
    rules = DiscussionSettings.for_page(page)

    queries = queries_of(lambda: DiscussionSettings.for_page(page))

    assert not queries
    assert DiscussionSettings.for_page(page) is rules


def test_house_rules_are_numbered_from_one():
    rules = DiscussionSettings(house_rules="Be kind\n\n Be brief ")

    assert rules.numbered_rules == [(1, "1. Be kind"), (2, "2. Be brief")]


@pytest.mark.parametrize(
    ("number", "title"), [(1, "1. Be kind"), (2, "2. Be brief"), (3, "3"), (0, ""), (None, "")]
)
def test_a_rule_is_cited_with_its_title_while_it_has_one(number, title):
    assert DiscussionSettings(house_rules="Be kind\nBe brief").rule_title(number) == title


def test_the_settings_are_named_as_on_the_screen():
    assert str(DiscussionSettings()) == "Discussion settings"
