"""What is accepted, and how it is made harmless. Nothing here knows of rows or requests."""
