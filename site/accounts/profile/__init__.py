"""A person's own page: name, role, portrait, sessions."""
