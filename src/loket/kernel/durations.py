"""How long something took, as people say it."""

from __future__ import annotations

from django.utils.translation import gettext as _

HOUR = 60


def in_hours(minutes: int) -> str:
    """Return “7 h 30 min”, and less than an hour as “30 min”."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    told = {"hours": hours, "minutes": rest}
    return _("%(hours)s h %(minutes)s min") % told if rest else _("%(hours)s h") % told
