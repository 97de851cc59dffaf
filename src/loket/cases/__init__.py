"""One person's request for one service, from draft to closing."""
