"""How pages look and how they answer: components, base templates, refusals as pages."""
