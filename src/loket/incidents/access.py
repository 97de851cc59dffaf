"""What may be allowed about incidents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import Permission

REPORT = Permission("incidents.report", _("report a positive case in this unit"))
HANDLE = Permission("incidents.handle", _("see and handle incidents of this unit"))
