"""The public board: which offices are open, why, until when, and what to use instead."""
