"""Numbers and names that people carry: read as typed, explained, masked when shown."""
