"""Backups: one encrypted file with database, files and key; one command restores it, another practises."""
