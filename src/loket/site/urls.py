"""Every route. Public ones are listed in ``docs/develop/security.md`` and tested."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("desk/account/", include("loket.desk.account.urls")),
    path("desk/", include("loket.desk.urls")),
    path("", include("loket.api.urls")),
    path("", include("loket.portal.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("loket.demo.urls")))
