"""Writes of the register: atomic, on behalf of somebody, each leaving one link in the audit chain."""
