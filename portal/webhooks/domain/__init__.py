"""Events, signature, back-off and circuit, without a framework."""
