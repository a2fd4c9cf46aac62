"""Handing out what papers there are, by the Open Archives Initiative's protocol (OAI-PMH 2.0)."""
