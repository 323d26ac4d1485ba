"""Reads of the monitor: from tables to the dataclasses of the engine; the only place that composes querysets."""
