"""Pages of the monitor: translate, make one call, translate back."""
