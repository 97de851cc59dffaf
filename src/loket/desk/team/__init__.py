"""Who is in today, and what waits for the head."""
