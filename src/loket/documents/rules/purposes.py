"""Object identifiers that say what a certificate may be used for."""

CIVIL_DOCUMENTS = "2.25.22191560000110045945213019719412388626"
"""Extended key usage of our own: signing documents of the civil registry.

An identifier below 2.25 is a UUID and needs no registration (ITU-T X.667).
"""
DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36"
"""Signing documents in general (RFC 9336)."""
