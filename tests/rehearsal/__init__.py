"""Headless play and the scenarios' own proofs."""
