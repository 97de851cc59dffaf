"""Days on which somebody must not come, or does not work."""
