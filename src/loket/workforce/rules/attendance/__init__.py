"""What a day of work came to, and what is taken for clocking in and out."""
