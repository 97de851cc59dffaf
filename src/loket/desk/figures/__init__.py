"""Figures of a unit, read from the journal."""
