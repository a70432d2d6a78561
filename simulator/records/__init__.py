"""The store: attempts and their events as they happen, profiles, texts by hash."""
