"""The decision, without a framework."""
