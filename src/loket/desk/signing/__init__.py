"""Approving and signing."""
