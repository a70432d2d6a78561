"""The pages around a call: what they show, what they ask for, and that anyone can use them."""
