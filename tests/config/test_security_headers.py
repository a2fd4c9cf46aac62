"""What browsers may load and run, on public pages and in the admin."""

from __future__ import annotations

import pytest

from config.security_headers import admin_directives, public_policy
from tests.support.factories import make_user

POLICY = "Content-Security-Policy"


@pytest.mark.django_db
def test_a_public_page_runs_no_inline_script_and_the_admin_alone_does(client):
    public = client.get("/")[POLICY]
    client.force_login(make_user(is_superuser=True))
    admin = client.get("/admin/")[POLICY]

    assert "default-src 'none'" in public
    assert "unsafe" not in public
    assert "script-src 'self' 'unsafe-inline'" in admin
    assert client.get("/")[POLICY] == public


@pytest.mark.django_db
def test_no_page_may_use_camera_microphone_or_place(client):
    permissions = client.get("/")["Permissions-Policy"]

    for feature in ("camera", "microphone", "geolocation"):
        assert f"{feature}=()" in permissions


def test_forms_lead_to_this_site_and_to_the_providers_alone():
    directives = public_policy(form_targets=["https://accounts.google.com"])["DIRECTIVES"]

    assert directives["form-action"] == ["'self'", "https://accounts.google.com"]


def test_the_admins_policy_leaves_the_public_one_as_it_is():
    policy = public_policy(form_targets=[])

    admin_directives(policy)

    assert policy == public_policy(form_targets=[])
