"""The door of scenarios: what other capabilities may use. Nothing yet."""
