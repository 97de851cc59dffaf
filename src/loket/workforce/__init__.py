"""Who of the staff works where and when, who was there, and what was done."""
