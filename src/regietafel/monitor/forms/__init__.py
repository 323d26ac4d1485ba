"""Forms of the monitor: what people type, checked before a service sees it."""
