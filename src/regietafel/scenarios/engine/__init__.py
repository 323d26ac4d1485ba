"""Rules of scenarios, free of Django: risk scoring, powers and their conditions. None yet."""
