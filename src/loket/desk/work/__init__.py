"""The day's work, handed in and validated."""
