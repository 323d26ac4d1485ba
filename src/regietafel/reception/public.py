"""The door of reception: what other capabilities may use. Nothing yet."""
