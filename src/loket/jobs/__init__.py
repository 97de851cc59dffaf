"""Background work as rows in the database, with leases, retries and a dead state."""
