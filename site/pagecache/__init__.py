"""Cache headers of public pages, and versions of what they show."""
