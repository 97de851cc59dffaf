"""Positive cases: whom they met, what closes, and what must be done."""
