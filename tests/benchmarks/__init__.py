"""Figures beside their floors: python -m tests.benchmarks."""
