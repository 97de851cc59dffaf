"""What may be done with documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import Permission

VIEW = Permission("documents.view", _("read documents"))
REVOKE = Permission("documents.revoke", _("revoke documents"))

PERMISSIONS = (VIEW, REVOKE)
