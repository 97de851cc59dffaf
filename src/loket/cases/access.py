"""What may be done with cases. A unit's path is the scope."""

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import Permission

VIEW = Permission("cases.view", _("open these applications"))
HANDLE = Permission("cases.handle", _("handle these applications"))
SIGN = Permission("cases.sign", _("decide and sign these applications"))
TAKE_OVER = Permission("cases.take_over", _("take over applications from colleagues"))
