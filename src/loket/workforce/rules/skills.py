"""What members of staff can do at a counter."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SKILLS: dict[str, str | Promise] = {
    "counter": _("serving at the counter"),
    "biometric": _("recording fingerprints and faces"),
    "cashier": _("taking payments"),
    "archive": _("keeping the archive"),
    "signing": _("signing"),
}
