"""Tercer Timbre: an offline trainer of customer-service agents. Start reading at docs/architecture.md."""
