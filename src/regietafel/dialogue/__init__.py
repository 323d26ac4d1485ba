"""Dialogue: how residents are heard and answered.

It will advise which kind of residents' meeting fits a situation, with the reasons, keep the preparation of a
meeting, the questions asked and the answers given, and feed the public page of a dossier.
"""
