"""Whether a roster keeps every rule. Shares no code with the planner."""
