"""The one way out: from nowhere else does the portal open a connection to an address that somebody gave it."""
