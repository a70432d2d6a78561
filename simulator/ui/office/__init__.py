"""The HR office in the window: cohorts, and figures over what was handed over."""
