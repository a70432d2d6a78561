"""Loading and static checks."""
