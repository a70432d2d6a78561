"""Tests of the office in the window."""
