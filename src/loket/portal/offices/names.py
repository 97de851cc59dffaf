"""What states, ways, groups and rules are called on the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import dates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Named = dict[str, str | Promise]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

STATES: Named = {
    "open": _("Open as usual"),
    "limited": _("Limited"),
    "online_only": _("Online only"),
    "closed": pgettext_lazy("office", "Closed"),
}
"""From the least to the most restrictive."""

MEANINGS: Named = {
    "open": _("The counters receive the public at their usual hours."),
    "limited": _("The counters receive the public, but fewer people at a time or under rules."),
    "online_only": _("The counters are shut; requests are taken in other ways."),
    "closed": _("The office is shut."),
}

KINDS = {"open": "good", "limited": "warning", "online_only": "online", "closed": "bad"}
"""How a state is coloured."""

ICONS = {"open": "check", "limited": "warning", "online_only": "globe", "closed": "cross"}
SIGNS = {"open": "✓", "limited": "!", "online_only": "@", "closed": "✕"}
"""How a state is marked where there is room for one sign."""

CHANNELS: Named = {
    "counter": _("at the counter"),
    "web": _("on this site"),
    "app": _("by the app"),
    "whatsapp": _("by WhatsApp"),
    "sms": _("by SMS"),
    "email": _("by e-mail"),
    "phone": _("by telephone"),
}

GROUPS: Named = {
    "pregnant": _("pregnant women"),
    "elderly": _("elderly people"),
    "chronic_illness": _("people with a chronic illness"),
    "under_monitoring": _("people under health monitoring"),
    "sick": _("people who are ill"),
    "disabled": _("people with disabilities"),
    "small_children": _("people with small children"),
    "offline": _("people without internet access"),
}

RULES: Named = {
    "counters": _("Counters"),
    "room": _("How full rooms may be"),
    "attendance": _("Staff present"),
    "hours": _("Opening hours"),
    "shifts": _("Shifts of staff"),
    "pinned": _("Posts that stay in the office"),
    "excused": _("Staff who need not come"),
    "remote": _("Work from home"),
    "reporting": _("Reports of work from home"),
    "suspension": _("Service suspended"),
    "channels": _("Ways to ask"),
    "priority": _("Priority at the counter"),
    "protocol": _("Health protocol"),
    "clock": _("Time limits of applications"),
    "letters": _("Letters"),
}

ITEMS: Named = {
    "mask": _("Wear a mask"),
    "temperature_max": _("Body temperature at the door at most"),
    "hands": _("Wash or sanitise your hands"),
    "distance_m": _("Keep your distance, in metres"),
    "partition": _("There is a partition at the counter"),
    "disinfection": _("Rooms are disinfected regularly"),
    "ppe": _("Protective clothing of staff"),
}

KINDS_OF_UNIT: Named = {
    "province": _("offices of the province"),
    "city": _("offices of the cities"),
    "regency": _("offices of the regency"),
    "district": _("offices of the kecamatan"),
    "village": _("offices of the kelurahan"),
    "agency": _("agencies of the province"),
    "branch": _("branches in the cities"),
    "sector": _("branches in the kecamatan"),
    "service_point": _("branches in the kelurahan"),
}

FUNCTIONS: Named = {
    "government": _("general government"),
    "civil_registry": _("civil registration"),
    "licensing": _("permits"),
}

POSTS: Named = {
    "structural": _("all structural posts"),
    "two_highest_levels": _("the two highest structural levels"),
}
DUTIES: Named = {
    "same_day": _("a report on the same day"),
    "photo": _("a photo as proof of presence"),
    "twice_daily": _("presence twice a day"),
}
CLOTHING: Named = {
    "none": _("no protective gear"),
    "mask_gloves": _("mask and gloves"),
    "full": _("full protective gear"),
}

WEEKDAYS: Named = {
    **dict(zip(DAYS, dates.WEEKDAYS.values(), strict=True)),
    "every_day": _("every day"),
}


def named(names: Mapping[str, str | Promise], keys: Iterable[str]) -> str:
    """Return what several keys are called, with commas; a key without a name as it is."""
    return ", ".join(str(names.get(key, key)) for key in keys)
