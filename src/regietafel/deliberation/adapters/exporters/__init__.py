"""Agendas and minutes on their way out."""
