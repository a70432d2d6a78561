"""The calls that ship: they load, prove themselves, vary with the seed, and replay to the byte."""
