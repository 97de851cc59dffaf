"""Issued documents: finding, revoking, correcting."""
