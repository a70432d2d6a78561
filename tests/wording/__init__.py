"""What people read: rendering, translations, the compiled catalogue."""
