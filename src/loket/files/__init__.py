"""Stored bytes: inspected, cleaned, kept and expired."""
