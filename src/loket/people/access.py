"""What may be allowed about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import Permission

MANAGE_STAFF = Permission("people.manage_staff", _("appoint staff"))
"""No role has it: who appoints could appoint himself. Operators do it on the command line."""
