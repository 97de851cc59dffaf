"""Services as data, parsed once, checked once, then trusted. Pure."""
