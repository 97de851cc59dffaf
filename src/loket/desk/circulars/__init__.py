"""Circulars at the desk: written, read, simulated, enacted, revoked."""
