"""Figures: what the numbers say, and how sure they are.

It will read open statistics (safety, population, housing) for areas and years, turn them into rates with an
interval, compare an area with its own past and with chosen reference areas, and warn when a series leaves its
expected band. Every value will carry its unit, denominator, reference date and source.
"""
