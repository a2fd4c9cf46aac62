"""Views of the Wagtail admin for people, organizations and account events."""
