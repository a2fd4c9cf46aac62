"""Outgoing e-mail: rows to send, delivery with retries, suppression, one-click unsubscribe."""
