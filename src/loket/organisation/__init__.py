"""Regions, units, offices and the calendars they keep."""
