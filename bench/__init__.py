"""Measures what Loket costs: CPU per request beside the same SQL run by a bare driver."""
