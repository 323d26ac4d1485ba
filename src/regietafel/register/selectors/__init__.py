"""Reads of the register: the only place that composes its querysets."""
