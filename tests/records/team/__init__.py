"""The exchange with a team's database and its LRS."""
