"""Signing in by the government's directory: a real OpenID Connect conversation."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from loket.people.models import Account
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
CLAIMS = {"sub": "s-1", "email": "gita@pemda.example", "email_verified": True}


class Directory(BaseHTTPRequestHandler):
    """Knows one person; whoever brings a code gets a token for them."""

    claims: dict[str, Any]

    def log_message(self, *_args: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path.startswith("/.well-known/"):
            endpoints = {name: f"{here}/{name}" for name in ("authorize", "token", "userinfo")}
            self.answer(
                {"issuer": here, "jwks_uri": f"{here}/keys"}
                | {"authorization_endpoint": endpoints["authorize"]}
                | {"token_endpoint": endpoints["token"]}
                | {"userinfo_endpoint": endpoints["userinfo"]}
            )
        else:
            self.answer(self.claims)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "t-1", "token_type": "Bearer"})

    def answer(self, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def directory(settings) -> Iterator[type[Directory]]:
    class Own(Directory):
        claims = dict(CLAIMS)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "government",
        "name": "Direktori Pemda",
        "client_id": "loket",
        "secret": "only-for-tests",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_address[1]}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
    }
    yield Own
    server.shutdown()
    server.server_close()


def come_back_from_the_directory(client):
    start = client.get(reverse("openid_connect_login", args=["government"]))
    asked = parse_qs(urlsplit(start.url).query)
    assert (asked["client_id"], asked["code_challenge_method"]) == (["loket"], ["S256"])
    return client.get(
        reverse("openid_connect_callback", args=["government"]),
        {"code": "c-1", "state": asked["state"][0]},
    )


def signed_in(client):
    return client.session.get("_auth_user_id")


@pytest.mark.usefixtures("directory")
def test_sign_in_page_offers_the_directory(client):
    html = client.get(reverse("account_login")).content.decode()
    assert "Direktori Pemda" in html


@pytest.mark.usefixtures("directory")
def test_staff_of_the_directory_sign_in_and_stay_connected(client):
    account = staff(email="gita@pemda.example", password=None)
    come_back_from_the_directory(client)
    assert signed_in(client) == str(account.pk)
    assert SocialAccount.objects.get().user == account
    client.logout()
    Account.objects.update(email="")
    come_back_from_the_directory(client)
    assert signed_in(client) == str(account.pk)


@pytest.mark.usefixtures("directory")
def test_directory_does_not_replace_the_second_factor(client):
    account = staff(email="gita@pemda.example", password=None)
    come_back_from_the_directory(client)
    assert client.get(reverse("desk:home")).url == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    client.logout()
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert come_back_from_the_directory(client).url == reverse("mfa_authenticate")
    assert signed_in(client) is None


@pytest.mark.usefixtures("directory")
def test_stranger_of_the_directory_gets_no_account(client):
    answer = come_back_from_the_directory(client)
    assert answer.url == reverse("account_login")
    assert "belum punya akun" in client.get(answer.url).content.decode()
    assert (Account.objects.count(), SocialAccount.objects.count()) == (0, 0)


def test_unverified_email_of_the_directory_opens_nothing(client, directory):
    staff(email="gita@pemda.example")
    directory.claims["email_verified"] = False
    come_back_from_the_directory(client)
    assert signed_in(client) is None


@pytest.mark.usefixtures("directory")
def test_closed_account_is_not_opened_by_the_directory(client):
    staff(email="gita@pemda.example", password=None)
    come_back_from_the_directory(client)
    client.logout()
    Account.objects.update(is_active=False)
    answer = come_back_from_the_directory(client)
    assert answer.url == reverse("account_inactive")
    assert signed_in(client) is None
