"""What a message is to its transport, and what fits into a text message."""
