"""Sound devices through QtMultimedia, imported late."""
