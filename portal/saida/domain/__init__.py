"""Which addresses may be spoken to, without a framework."""
