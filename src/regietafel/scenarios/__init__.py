"""Scenarios: what may happen, how bad it would be, and who does what then.

It will hold risk scenarios with causes, consequences and measures, score likelihood and impact on a stated
scale, join each scenario to the powers it needs with their legal conditions, and print one page per scenario.
"""
