"""Pure words and arithmetic of everybody: no Django, no clock, no I/O."""
