"""Run by Alembic: the steps are taken inside the transaction of the connection that `migrating` hands over."""

from alembic import context

from simulator.records.team.migrating import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
context.run_migrations()
