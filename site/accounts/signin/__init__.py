"""Signing in: allauth's adapters and forms, social sign-in, reauthentication, two-step verification."""
