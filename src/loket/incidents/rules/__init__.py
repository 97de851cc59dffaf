"""Pure functions: windows, tasks, contacts."""
