"""The matcher beside its rivals: tables of its own, and goals that are ratios within one run."""

from benchmarks.matcher.__main__ import report

__all__ = ["report"]
