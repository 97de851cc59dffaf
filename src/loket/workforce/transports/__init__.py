"""Providers of conferences, one folder each."""
