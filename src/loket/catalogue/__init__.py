"""Services as data: questions, requirements, steps, deadlines, outputs."""
