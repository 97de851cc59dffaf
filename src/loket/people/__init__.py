"""Accounts, residents, contact points, and the positions that staff hold."""
