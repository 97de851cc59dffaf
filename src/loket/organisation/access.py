"""What may be allowed about units, their offices and calendars."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import Permission

MANAGE = Permission("organisation.manage", _("change units, offices and calendars"))
"""No role has it: units follow the law, and operators load them on the command line."""
