"""The door of dialogue: what other capabilities may use. Nothing yet."""
