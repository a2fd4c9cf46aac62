"""Outgoing e-mail: queue, delivery with retries, suppressed addresses, one-click unsubscribe."""
