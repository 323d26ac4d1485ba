"""Tables of scenarios: scenarios, measures, roles and powers. None yet."""
