"""Situation: one picture of a dossier at one moment, shared by all partners.

It will pull facts, media pictures, figures, places, decisions and scenarios through the doors of the floors
below, keep what is known apart from what is assumed, and freeze a numbered picture that can be compared with
the one before.
"""
