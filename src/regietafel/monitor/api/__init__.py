"""The monitor in the API: monitors, sources and published pictures; never a message."""
