"""The door of deliberation: what other capabilities may use. Nothing yet."""
