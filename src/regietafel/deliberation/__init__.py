"""Deliberation: what was decided together, what is stuck, and who still owes what.

Existing minutes are read already: which decisions, bottlenecks and actions they hold and who was there. It
will hold the agendas of administrative and official meetings, their minutes as decisions, bottlenecks and
action items, attendance, and the history of every action until it is reported back or withdrawn.
"""
