"""Rules of dialogue, free of Django: advice on meetings and the life of a question. None yet."""
