"""allauth's routes, less those that would let staff do what only an operator may.

Accounts are opened, and forgotten passwords replaced, by an operator; e-mail addresses are
facts about staff, not ways to sign in. The names of closed routes still exist, since allauth
builds links with them.
"""

from django.urls import include, path, re_path

from .views import closed

CLOSED = (
    r"^signup/",
    r"^email/",
    r"^confirm-email/",
    r"^password/(?:set|reset)/",
    r"^login/code/",
    r"^3rdparty/(?:signup/)?$",
)

urlpatterns = [
    *(re_path(route, closed, name="account_closed") for route in CLOSED),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
