"""Citing a paper: styles, file formats, metadata for programs."""
