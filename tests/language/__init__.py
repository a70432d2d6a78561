"""The language room: reading, forms, phrases, negation, values, treatment."""
