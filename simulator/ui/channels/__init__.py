"""The desks, one per channel: each renders events and sends commands through one small interface."""
