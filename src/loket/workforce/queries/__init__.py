"""Questions about rosters, attendance, daily work and meetings."""

from .absences import absent, kinds_on, must_stay_out

__all__ = ["absent", "kinds_on", "must_stay_out"]
