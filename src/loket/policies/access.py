"""What may be allowed about circulars and closures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import Permission

VIEW = Permission("policies.view", _("see circulars that are not in force yet"))
DRAFT = Permission("policies.draft", _("write circulars"))
ENACT = Permission("policies.enact", _("enact or revoke circulars"))
CLOSE = Permission("policies.close", _("close and reopen offices"))
