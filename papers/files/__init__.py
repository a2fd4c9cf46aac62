"""A paper's file and what was learned from reading it."""
