"""Spanish understanding: text, forms, concepts, patterns, matching, treatment."""
