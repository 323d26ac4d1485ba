"""Rules of reception, free of Django: the capacity ledger, forecast, fair share and placement proposal. None yet."""
