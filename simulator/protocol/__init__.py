"""The catalogue: checkpoints, windows, compiled rules, understand."""
