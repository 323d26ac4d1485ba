"""The ledger under load: a world with places, workers that book in it, and a spreadsheet's way of booking."""
