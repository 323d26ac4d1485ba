"""Rules of reception, free of Django: fair share so far."""
