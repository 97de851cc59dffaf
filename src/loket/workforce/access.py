"""What may be allowed about the work of the staff. What is one's own needs no permission."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import Permission

VIEW = Permission("workforce.view", _("see who works where in this unit"))
PLAN = Permission("workforce.plan", _("plan who works where in this unit"))
VALIDATE = Permission("workforce.validate", _("validate the daily work of this unit"))
RECORD = Permission("workforce.record", _("record absences and skills of this unit’s staff"))
READ_REASONS = Permission(
    "workforce.read_reasons", _("read why somebody must not be in the office")
)
IMPORT = Permission("workforce.import_staff", _("import the staff of this unit"))
MEET = Permission("workforce.meet", _("call meetings of this unit"))
