"""The door of policy: what other capabilities may use. Nothing yet."""
