"""Changing and deleting what one wrote oneself."""
