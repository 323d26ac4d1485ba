"""The door of figures: what other capabilities may use. Nothing yet."""
