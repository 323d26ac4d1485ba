"""Deliberation in the API: bodies, meetings, agenda items, lines of minutes and questions to members."""
