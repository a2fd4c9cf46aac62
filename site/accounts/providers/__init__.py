"""Sign-in providers of our own, and what ours add to allauth's."""
