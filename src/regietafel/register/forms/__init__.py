"""Forms of the register: what people type, checked before a service sees it."""
