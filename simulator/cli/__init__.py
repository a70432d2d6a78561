"""The command line: the same core without a window. Each command also has its place in the app."""
