"""Words every package shares: access, time, codes, errors, events, identifiers, texts."""
