"""The decider: rules, replay, windows."""
