"""Tables of reception: locations, capacity, reservations and placements. None yet."""
