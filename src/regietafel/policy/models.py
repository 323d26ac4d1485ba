"""Tables of policy: policy periods, themes, goals and measures. None yet."""
