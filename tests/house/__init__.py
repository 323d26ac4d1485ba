"""The rules of the house as functions: each takes a source folder and returns the violations it finds.

`tests/test_house.py` runs them on the real tree and demands silence; `tests/test_house_bites.py` runs them on
copies with a planted violation and demands that it is named.
"""
