"""What can be done about rosters, attendance, daily work and meetings."""
