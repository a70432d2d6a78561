"""The debrief on real scorecards."""
