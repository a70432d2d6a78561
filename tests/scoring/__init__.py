"""Scorecards from logs."""
