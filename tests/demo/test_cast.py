from __future__ import annotations

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from loket.cases.access import SIGN, VIEW
from loket.demo import cast, history, roles, situation, views
from loket.demo.cast import assemble
from loket.kernel import clock
from loket.kernel.errors import NotAllowed
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.policies.models import Circular


@pytest.fixture
def troupe(government):
    assemble(at=history.begins(government))
    return government


def actor(username, at):
    return people.actor_for(Account.objects.get(username=username), at=at)


def scope(code):
    return organisation.unit(code).path


def test_everybody_in_the_cast_may_do_what_their_part_says(troupe):
    home, away = scope(f"{roles.HOME}-DUKCAPIL"), scope(f"{roles.AWAY}-DUKCAPIL")
    may = {
        part.username: tuple(
            actor(part.username, troupe).may(permission, scope=unit)
            for permission, unit in ((VIEW, home), (SIGN, home), (VIEW, away), (SIGN, away))
        )
        for part in roles.CAST
    }
    assert may == {
        "budi": (True, False, False, False),
        "rina": (True, False, False, False),
        "dewi": (True, True, False, False),
        "sari": (True, False, False, False),
        "yusuf": (True, True, False, False),
        "citra": (False, False, True, False),
        "hendra": (False, False, True, True),
        "gita": (True, True, False, False),
        "nadia": (False, False, False, False),
        "tari": (False, False, False, False),
        "eka": (False, False, False, False),
        "surya": (False, False, False, False),
        "fitri": (True, False, True, False),
    }


def test_assembling_twice_adds_nobody(troupe):
    before = Account.objects.count(), Position.objects.count()
    assemble(at=troupe)
    assert (Account.objects.count(), Position.objects.count()) == before


def test_nobody_is_invented_outside_a_demo(government, settings):
    settings.DEMO = False
    with pytest.raises(NotAllowed):
        assemble(at=government)
    with pytest.raises(NotAllowed):
        situation.arise(at=government)
    assert not Account.objects.exists()
    assert not Circular.objects.exists()


def test_every_office_of_the_history_has_an_officer_and_a_head(troupe):
    villages = {f"{village}-DUKCAPIL" for village in roles.VILLAGES}
    sectors = {f"{village[:8]}-DUKCAPIL" for village in roles.VILLAGES}
    assert set(cast.desks(at=troupe)) == villages | sectors


def test_budi_signs_in_with_what_the_page_shows(troupe, client):
    page = client.get(reverse("demo:home"))
    card = next(c for c in page.context["cards"] if c.part.username == "budi")
    staff = Client()
    answer = staff.post(reverse("account_login"), {"login": "budi", "password": roles.PASSWORD})
    answer = staff.post(answer["Location"], {"code": card.code})
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:home"))


def test_page_without_a_situation_does_not_speak_of_it(troupe, client):
    html = client.get(reverse("demo:home")).content.decode()
    assert 'href="/desk/circulars/"' not in html


def test_page_shows_the_code_of_this_moment(troupe, client):
    html = client.get(reverse("demo:home"), headers={"HX-Request": "true"}).content.decode()
    code = views.code_of(roles.CAST[0], clock.now())
    assert html.strip().startswith('<div id="staff"')
    assert code in html
    assert totp.validate_totp_code(roles.CAST[0].totp_secret, code)


def test_ayu_is_reached_by_both_contacts_and_has_begun_nothing(troupe):
    ayu = cast.welcome(email=roles.RESIDENT_EMAIL, at=troupe)
    contacts = {point.kind: point.value for point in people.contacts_of(ayu)}
    assert contacts == {"email": roles.RESIDENT_EMAIL, "phone": roles.RESIDENT_PHONE}
    assert not ayu.drafts.exists()
