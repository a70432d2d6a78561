"""The shipped catalogue: the 80 checkpoints of the protocol, their rules, and the concepts that the rules are made of."""
