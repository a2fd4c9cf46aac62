"""Sending a file, whole or in part, and counting that it was sent."""
