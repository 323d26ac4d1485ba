"""The pages at the door and of one's own account."""
