"""Plays scripts headless, runs the scenarios' own tests, explores with the real engine."""
