"""What roles may do, and how sign-in codes are made and compared."""
