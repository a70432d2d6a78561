"""The window, its pages and its desks."""
