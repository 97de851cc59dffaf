"""What can be done about incidents."""
