"""Messages to people, over the channel that reaches them."""
