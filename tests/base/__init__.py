"""The base rooms: settings, paths, errors."""
