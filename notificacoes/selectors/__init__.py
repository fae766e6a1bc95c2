"""Reading: the queue, the proof, whom to call."""
