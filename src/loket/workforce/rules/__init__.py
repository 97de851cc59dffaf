"""Pure functions: plans, checks, explanations, results of days."""
