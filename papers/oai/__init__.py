"""Metadata of papers for harvesters, by the OAI-PMH 2.0 protocol."""
