"""Circulars and closures: what they put in force, where, from when to when, and why."""
