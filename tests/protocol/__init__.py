"""The protocol room: loading, rules, understanding, examples."""
