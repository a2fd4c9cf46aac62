"""A registry in which every room enters what it shows, exports and erases for a person."""
