"""Rules of figures, free of Django: rates, intervals, comparisons and early warning. None yet."""
