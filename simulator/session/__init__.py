"""The decider: commands, events, state, decide, evolve, transcript. Pure."""
