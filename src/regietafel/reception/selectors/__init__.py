"""Reads of reception: tables to the dataclasses of the engine, and what a person may see."""
