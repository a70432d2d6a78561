"""All that people read, rendered from codes and English msgids (gettext)."""
