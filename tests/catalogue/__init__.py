"""The shipped catalogue: the 80 checkpoints of the protocol, their rules, and the concepts they are made of."""
