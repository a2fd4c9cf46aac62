"""A request to delete an account is due once its grace period is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import DeletionRequest
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_deletion_request_is_due_once_its_grace_period_is_over():
    early, late = (DeletionRequest.objects.create(user=make_user()) for _ in range(2))
    assert not DeletionRequest.objects.due().exists()

    DeletionRequest.objects.filter(pk=early.pk).update(due_at=timezone.now())

    assert list(DeletionRequest.objects.due()) == [early]
    assert late.due_at - late.requested_at > timedelta(days=6)
