"""The web pages for residents and the public."""
