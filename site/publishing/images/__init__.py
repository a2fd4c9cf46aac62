"""Editors' images: measured and drawn smaller in the child process, ahead of the readers."""
