"""Clocking in and out, and what a day came to."""
