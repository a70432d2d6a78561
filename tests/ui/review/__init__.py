"""Tests of the rooms of trainers."""
