"""Tables of deliberation: meetings, agenda items, decisions, bottlenecks and action items. None yet."""
