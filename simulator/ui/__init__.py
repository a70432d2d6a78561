"""The window: Qt widgets over the same core that the command line uses."""
