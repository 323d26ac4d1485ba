"""The monitor in the API: monitors, sources, place profiles and published pictures; never a message."""
