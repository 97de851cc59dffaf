"""Read-only figures over everything below."""
