"""Closures at the desk: an office is closed, what it lacks is recorded, it is reopened."""
