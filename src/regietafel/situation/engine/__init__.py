"""Rules of situation, free of Django: composition and comparison of situation pictures. None yet."""
