"""Policy: the safety policy cycle of a municipality, from priorities to account.

It will keep the policy period with its themes, goals, indicators and measures, follow their progress with the
figures below, and produce theme sheets and the yearly status note to the council.
"""
