"""Who is in the office when: an integer minimum-cost flow, proven."""
