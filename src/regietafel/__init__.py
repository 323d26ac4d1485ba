"""Regietafel: listen, understand, prepare, talk, decide, place and account, per dossier of a municipality."""

__version__ = "0.1.0"
