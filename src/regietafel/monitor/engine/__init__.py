"""The rules of the monitor: the query language, cleaning, privacy, stories and figures.

Pure: no Django, no files, no clock, no chance. Everything a rule needs is handed to it.
"""
