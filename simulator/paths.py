"""Where things are: the shipped assets and scenarios, and the user's folders."""
