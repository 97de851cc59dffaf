"""Positive cases, for the team that handles them."""
