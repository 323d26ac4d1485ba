"""Changes of the tables of deliberation."""
