"""How working days are counted, hours written, and a government read from its file."""
