"""Signing in to the desk, with allauth's real pages."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse

from loket.desk.account.adapter import SecondFactorAdapter, staff_member_behind
from loket.people.models import Account
from tests.factories.people import PASSWORD, resident, staff

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _quick_hashing(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def code_of(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, username="gita", password=PASSWORD, **more):
    return client.post(
        reverse("account_login"), {"login": username, "password": password, **more}
    )


def second_step(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def gita():
    account = staff()
    TOTP.activate(account, SECRET)
    return account


@pytest.fixture
def at_work(client, gita):
    sign_in(client)
    second_step(client, code_of())
    assert signed_in(client)
    return client


def confirm_again(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_password_alone_does_not_sign_in(client, gita):
    answer = sign_in(client)
    assert answer.url == reverse("mfa_authenticate")
    assert not signed_in(client)


def test_password_and_code_sign_in(client, gita):
    sign_in(client)
    answer = second_step(client, code_of())
    assert answer.url == reverse("desk:home")
    assert signed_in(client)


def test_wrong_code_does_not_sign_in(client, gita):
    sign_in(client)
    answer = second_step(client, f"{(int(code_of()) + 1) % 10**6:06}")
    assert answer.status_code == 200
    assert not signed_in(client)


def test_code_cannot_be_used_twice(client, gita):
    code = code_of()
    sign_in(client)
    second_step(client, code)
    client.logout()
    sign_in(client)
    second_step(client, code)
    assert not signed_in(client)


def test_recovery_code_signs_in_once(client, gita):
    code = RecoveryCodes.activate(gita).get_unused_codes()[0]
    for expected in (True, False):
        sign_in(client)
        second_step(client, code)
        assert signed_in(client) is expected
        client.logout()


def test_wrong_password_and_unknown_username_read_alike(client, gita):
    wrong, unknown = sign_in(client, password="x"), sign_in(client, username="nobody")
    texts = [
        re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in (wrong, unknown)
    ]
    assert texts[0] == texts[1]
    assert "tidak benar" in texts[0]


def test_resident_cannot_sign_in_at_the_desk(client):
    account = resident().account
    account.set_password(PASSWORD)
    account.save()
    answer = sign_in(client, username=account.username)
    assert answer.status_code == 200
    assert not signed_in(client)


def test_closed_account_cannot_sign_in(client, gita):
    Account.objects.update(is_active=False)
    assert sign_in(client).url == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200


def test_sign_in_is_limited(client, gita):
    for _ in range(5):
        sign_in(client, password="x")
    answer = sign_in(client)
    assert answer.status_code == 200
    assert not signed_in(client)


def test_second_step_is_limited(client, gita):
    sign_in(client)
    for _ in range(5):
        second_step(client, "000000")
    second_step(client, code_of())
    assert not signed_in(client)


def test_sign_in_goes_on_to_pages_of_this_site_only(client, gita):
    sign_in(client, next="https://evil.example/")
    assert second_step(client, code_of()).url == reverse("desk:home")


@pytest.mark.parametrize(
    "path",
    [
        "signup/", "email/", "confirm-email/", "password/set/", "password/reset/",
        "password/reset/done/", "login/code/confirm/", "3rdparty/", "3rdparty/signup/",
        "social/signup/",
    ],
)  # fmt: skip
def test_pages_that_are_not_offered_do_not_exist(client, path):
    answer = client.get(reverse("desk:home") + "account/" + path)
    assert answer.status_code == 404


def test_staff_without_second_factor_must_set_one_up(client):
    staff()
    answer = sign_in(client)
    assert signed_in(client)
    assert answer.url == reverse("desk:home")
    assert client.get(reverse("desk:home")).url == reverse("mfa_index")
    assert client.get(reverse("desk:cases")).url == reverse("mfa_index")
    assert "langkah kedua" in client.get(reverse("mfa_index")).content.decode().lower()


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_desk(client):
    staff()
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    confirm_again(client)
    page = client.get(reverse("mfa_activate_totp"))
    html = page.content.decode()
    secret = page.context["form"].secret
    assert secret in html
    assert 'src="data:image/svg+xml;base64,' in html
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert client.get(answer.url).status_code == 200
    assert client.get(reverse("desk:home")).status_code == 200
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret


def test_session_from_before_the_second_factor_ends(client):
    gita = staff()
    sign_in(client)
    TOTP.activate(gita, SECRET)
    for name in ("mfa_index", "desk:home"):
        sign_in_page = client.get(reverse(name)).url
        assert sign_in_page.startswith(reverse("account_login"))
        assert not signed_in(client)


def test_account_pages_are_kept_nowhere(at_work):
    confirm_again(at_work)
    for name in ("mfa_index", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert at_work.get(reverse(name))["Cache-Control"] == "no-store, private"


def test_last_second_factor_cannot_be_removed(at_work):
    confirm_again(at_work)
    answer = at_work.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()


def test_removed_second_factor_closes_the_desk_at_once(at_work):
    assert at_work.get(reverse("desk:home")).status_code == 200
    Authenticator.objects.all().delete()
    confirm_again(at_work)
    assert at_work.get(reverse("desk:home")).url == reverse("mfa_index")


def test_second_factor_is_looked_up_once_in_a_session(at_work, django_assert_max_num_queries):
    at_work.get(reverse("desk:home"))
    with django_assert_max_num_queries(50) as queries:
        at_work.get(reverse("desk:home"))
    assert not [query for query in queries if "mfa_authenticator" in query["sql"]]


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_deactivate_totp", "account_change_password",
        "account_reauthenticate", "mfa_reauthenticate",
        "account_logout",
    ],
)  # fmt: skip
def test_account_pages_render_without_inline_code(at_work, gita, name):
    RecoveryCodes.activate(gita)
    confirm_again(at_work)
    answer = at_work.get(reverse(name))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<h1") == 1
    assert re.findall(r"\s(?:style|on\w+)=", html) == []
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))", html)
    assert inline == []


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password"]
)
def test_account_pages_refuse_a_visitor(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_sign_in_page_reads_in_both_languages(client):
    page = reverse("account_login")
    assert "Masuk untuk petugas" in client.get(page).content.decode()
    client.cookies["language"] = "en"
    english = client.get(page).content.decode()
    assert "Staff sign-in" in english


def test_password_can_be_changed(at_work, gita):
    new = "teh-sore-di-serambi"
    answer = at_work.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    gita.refresh_from_db()
    assert gita.check_password(new)


def test_signing_out_takes_a_press(at_work):
    assert at_work.get(reverse("account_logout")).status_code == 200
    assert signed_in(at_work)
    at_work.post(reverse("account_logout"))
    assert not signed_in(at_work)


CLAIMS = {"sub": "s1", "email": "gita@pemda.example", "email_verified": True}


def test_directory_is_matched_by_verified_email():
    account = staff(email="Gita@pemda.example")
    assert staff_member_behind(CLAIMS) == account
    assert staff_member_behind({**CLAIMS, "email_verified": False}) is None
    assert staff_member_behind({**CLAIMS, "email_verified": "true"}) is None


def test_directory_is_not_matched_by_an_email_of_two():
    staff("gita", email="gita@pemda.example")
    staff("gita2", email="gita@pemda.example")
    assert staff_member_behind(CLAIMS) is None


def test_directory_is_matched_by_username_only_without_a_password():
    with_password, without = staff("gita"), staff("hadi", password=None)
    assert with_password.has_usable_password()
    assert staff_member_behind({"preferred_username": "gita"}) is None
    assert staff_member_behind({"preferred_username": "hadi"}) == without
    assert staff_member_behind({}) is None


def test_directory_never_matches_residents_or_closed_accounts():
    person = resident().account
    Account.objects.filter(pk=person.pk).update(email="gita@pemda.example")
    closed = staff(email="gita@pemda.example")
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    assert staff_member_behind(CLAIMS) is None


@pytest.fixture
def as_resident(client):
    client.force_login(resident().account)
    return client


def test_resident_at_the_desk_is_asked_to_sign_in_as_staff(as_resident):
    answer = as_resident.get(reverse("desk:home"), follow=True)
    assert answer.redirect_chain == [(f"{reverse('account_login')}?next=/desk/", 302)]
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_activate_totp", "account_change_password", "account_reauthenticate"],
)
def test_resident_manages_no_staff_sign_in(as_resident, name):
    assert as_resident.get(reverse(name)).url == reverse("account_login")


def test_staff_sign_in_over_a_residents_session(as_resident, gita):
    sign_in(as_resident)
    second_step(as_resident, code_of())
    assert as_resident.session["_auth_user_id"] == str(gita.pk)
