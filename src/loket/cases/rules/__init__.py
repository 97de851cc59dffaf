"""How a case moves, how its clock runs, who holds it. Pure."""
