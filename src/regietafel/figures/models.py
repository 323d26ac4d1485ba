"""Tables of figures: figures series and values. None yet."""
