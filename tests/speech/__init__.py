"""The customer's voice: rendering, caching, playing, with real parts."""
