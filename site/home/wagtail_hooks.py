"""The editors' desk, as this site bends it."""
