"""Rules of policy, free of Django: progress of goals and the calendar of the cycle. None yet."""
