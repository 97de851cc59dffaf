"""Filling in an application: start, one question per page, check, send."""
