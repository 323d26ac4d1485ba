"""The door of situation: what other capabilities may use. Nothing yet."""
