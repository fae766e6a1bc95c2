"""Registrations of production copied into the sandbox, without anything that opens a door (docs/sandbox.md)."""
