"""Editions: their states, embargo, terms of publication, and who may have which."""
