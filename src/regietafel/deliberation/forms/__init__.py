"""What people fill in for deliberation."""
