"""Questions about rosters, attendance, daily work and meetings."""
