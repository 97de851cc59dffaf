"""Outside programs that look at files."""
