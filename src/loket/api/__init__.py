"""Endpoints for machines: health, keys, the catalogue."""
