"""What the words of the circular format are called on the pages."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Names = dict[str, str | Promise]

KINDS: Names = {
    "counters": _("Counters open or closed"),
    "room": _("Share of a room’s capacity"),
    "attendance": _("Share of staff in the office"),
    "hours": _("Hours of the counters"),
    "shifts": _("Shifts"),
    "pinned": _("Posts that stay in the office"),
    "excused": _("Groups that work from home"),
    "remote": _("Work from home"),
    "reporting": _("Reports of work from home"),
    "suspension": _("Service suspended"),
    "channels": _("Ways to apply"),
    "priority": _("Who goes first at the counter"),
    "protocol": _("Health protocol"),
    "clock": _("Deadlines suspended or extended"),
    "letters": _("Letters and papers"),
}
ABOUT: Names = {
    "counters": _("Face-to-face service: open, limited, online only or closed."),
    "room": _("How full a waiting or service room may be."),
    "attendance": _("The least, the most, or the most at the same time."),
    "hours": _("When the counters receive the public, by weekday."),
    "shifts": _("Two or more shifts with their hours and breaks."),
    "pinned": _("Structural posts or named posts that must be present."),
    "excused": _("Pregnant, elderly, ill or under monitoring."),
    "remote": _("Whether it is allowed or required."),
    "reporting": _("How and when staff report what they did at home."),
    "suspension": _("A service that is not given for a while."),
    "channels": _("The only ways to apply that stay open."),
    "priority": _("Groups that are served before others."),
    "protocol": _("Mask, temperature, distance, partitions, protective gear."),
    "clock": _("Due dates of applications stand still or move."),
    "letters": _("A drop box or e-mail instead of the counter."),
}
STATES: Names = {
    "open": _("open"),
    "limited": _("limited"),
    "online_only": _("online only"),
    "closed": _("closed"),
}
STATE_TAGS = {"open": "good", "limited": "warning", "online_only": "warning", "closed": "bad"}
DAYS: Names = {
    "every_day": _("Every other day"),
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
}
GROUPS: Names = {
    "pregnant": _("pregnant"),
    "elderly": _("elderly"),
    "chronic_illness": _("with a chronic illness"),
    "under_monitoring": _("under health monitoring"),
    "sick": _("sick"),
    "disabled": _("with a disability"),
    "small_children": _("with small children"),
    "offline": _("without internet or a telephone"),
}
CHANNELS: Names = {
    "counter": _("counter"),
    "web": _("web"),
    "app": _("app"),
    "whatsapp": "WhatsApp",
    "sms": "SMS",
    "email": _("e-mail"),
    "phone": _("telephone"),
}
UNIT_KINDS: Names = {
    "province": _("province"),
    "city": _("city"),
    "regency": _("regency"),
    "district": _("district (kecamatan)"),
    "village": _("village (kelurahan)"),
    "agency": _("agency (dinas)"),
    "branch": _("branch of an agency in a city"),
    "sector": _("sector of an agency in a district"),
    "service_point": _("service point in a village"),
}
FUNCTIONS: Names = {
    "government": _("regional government"),
    "civil_registry": _("civil registry"),
    "licensing": _("licensing"),
}
POSTS: Names = {
    "structural": _("all structural posts"),
    "two_highest_levels": _("the two highest structural levels"),
}
WORK: Names = {"allowed": _("allowed"), "required": _("required")}
DUTIES: Names = {
    "same_day": _("a report on the same day"),
    "photo": _("a photo as proof of presence"),
    "twice_daily": _("presence twice a day"),
}
PPE: Names = {
    "none": _("no protective gear"),
    "mask_gloves": _("mask and gloves"),
    "full": _("full protective gear"),
}
YES_NO: Names = {"yes": _("yes"), "no": _("no")}


def options(names: Names) -> list[tuple[str, Any]]:
    """Return names as the choices of a field."""
    return list(names.items())
