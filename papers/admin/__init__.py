"""Views of the Wagtail admin for editions, reviews, requests and downloads."""
