"""Work on rosters, attendance and reports that nobody waits for."""
