"""Turns facts into pages: PDF/A, tagged, the same bytes for the same facts and moment."""
