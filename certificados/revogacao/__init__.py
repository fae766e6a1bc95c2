"""Revocation lists: read by a sweep, never while anybody waits (docs/decisions/039)."""
