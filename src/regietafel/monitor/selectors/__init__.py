"""Reads of the monitor: what a person may see, and tables turned into what the engine counts with."""
