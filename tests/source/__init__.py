"""YAML read with positions: limits, traps, syntax errors, places."""
