"""What pages of reception ask."""
