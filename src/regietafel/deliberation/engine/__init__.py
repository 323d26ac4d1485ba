"""Rules of deliberation, free of Django: meeting rhythm, due dates and the state of actions. None yet."""
