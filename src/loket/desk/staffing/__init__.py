"""The records of the staff, and their import."""
