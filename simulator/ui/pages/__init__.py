"""The pages around a call: people, library, briefing, attempts, settings. Shown values, they emit signals."""
