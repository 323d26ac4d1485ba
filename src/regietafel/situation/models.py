"""Tables of situation: situation pictures. None yet."""
