"""Scenario and events in, scorecard out."""
