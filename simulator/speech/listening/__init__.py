"""Listening: from queued samples to words. No Qt."""
