"""Handling cases: the worklist, one case, and what can be done with it."""
