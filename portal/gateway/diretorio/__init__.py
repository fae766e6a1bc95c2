"""The feed of who is active (docs/decisions/037): a projection of the ledger, in an order that never changes."""
