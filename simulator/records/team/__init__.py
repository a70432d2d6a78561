"""A team larger than one machine: `sync` takes what was submitted to the team's PostgreSQL and to its LRS.

`targets` (where they are, under which passwords), `database` (the team's PostgreSQL, read and written by the functions
that read and write a desk's file), `migrating` (its tables), `outbox` (what has arrived), `syncing` (the exchange).
"""
