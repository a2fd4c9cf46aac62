"""Deleting an account: request, grace period, erasure."""
