"""Questions about incidents; each look is written down."""
