"""How staff sign in: a password or a directory, and always a second factor."""
