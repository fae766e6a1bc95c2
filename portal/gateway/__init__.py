"""Who may enter: the register of credentials and certificates as a decision that a gateway asks for."""
