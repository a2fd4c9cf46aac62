"""What readers ask for: another format, or a copy of a closed edition."""
