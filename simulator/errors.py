"""The errors that this program raises on purpose: a code, its values, an advice."""
