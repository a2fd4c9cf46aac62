"""Doors of the discussion."""
