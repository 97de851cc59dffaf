"""Meetings: called, held, written down."""
