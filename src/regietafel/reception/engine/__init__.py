"""Rules of reception, free of Django: capacity ledger, forecast, fair share, placement proposal. None yet."""
