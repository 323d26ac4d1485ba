"""How well alarms and comparisons tell an event from an ordinary week, beside what others would use."""
