"""After the call: score, checkpoints with their proof, the transcript and the mood over time."""
