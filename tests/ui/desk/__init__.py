"""The desk on real widgets with the real core."""
