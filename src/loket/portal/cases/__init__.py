"""What residents do with applications they have sent."""
