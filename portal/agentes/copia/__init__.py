"""Companies and people of production, copied into the sandbox."""
