from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from loket.kernel.access import Actor, Permission
from loket.kernel.errors import NotAllowed
from loket.people import queries as people
from loket.people.models import Account, Position
from tests.factories.people import resident, staff

pytestmark = pytest.mark.django_db

HANDLE = Permission("cases.handle", "work on cases")
SIGN = Permission("cases.sign", "sign")
PUBLISH = Permission("catalogue.manage", "publish services")


def hire(unit, role="officer", starts_on=date(2026, 1, 1), ends_on=None, account=None):
    account = account or staff()
    Position.objects.create(
        account=account,
        unit=unit,
        role=role,
        title="Petugas",
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return account


def test_budi_works_on_cases_of_his_kelurahan(budi, kelurahan):
    assert budi.may(HANDLE, scope=kelurahan.path)


def test_budi_may_not_work_on_cases_elsewhere(budi, elsewhere):
    assert not budi.may(HANDLE, scope=elsewhere.path)


def test_budi_may_not_work_on_cases_of_the_sector_above(budi, kelurahan):
    assert not budi.may(HANDLE, scope=kelurahan.parent.path)


def test_budi_may_not_sign(budi, kelurahan):
    assert not budi.may(SIGN, scope=kelurahan.path)


def test_citra_may_not_work_on_cases_of_ayus_kelurahan(citra, kelurahan):
    assert not citra.may(HANDLE, scope=kelurahan.path)


def test_dewi_signs_in_her_unit_and_below(dewi, kelurahan):
    assert dewi.may(SIGN, scope=kelurahan.path)
    assert dewi.may(SIGN, scope=f"{kelurahan.path}window-2/")


def test_head_of_a_branch_signs_in_its_whole_subtree(kelurahan, elsewhere, at):
    branch = kelurahan.parent.parent
    head = people.actor_for(hire(branch, role="head"), at=at)
    assert head.may(SIGN, scope=kelurahan.path)
    assert not head.may(SIGN, scope=elsewhere.path)


def test_eka_publishes_services_and_sees_no_case(eka, kelurahan):
    assert eka.may(PUBLISH, scope=kelurahan.path)
    assert not eka.may(HANDLE, scope=kelurahan.path)


def test_ayu_has_no_grants(ayu):
    assert ayu.grants == frozenset()
    assert ayu.name == "Ayu Lestari"


def test_visitor_is_a_visitor(at):
    assert people.actor_for(AnonymousUser(), at=at) == Actor.visitor()


def test_closed_account_acts_as_a_visitor(kelurahan, at):
    account = hire(kelurahan)
    account.is_active = False
    assert people.actor_for(account, at=at) == Actor.visitor()


def test_resident_without_a_name_is_called_a_resident(at):
    actor = people.actor_for(resident().account, at=at)
    assert actor.name == "warga"


def test_superuser_flag_gives_nothing(at):
    account = staff()
    account.is_superuser = True
    assert people.actor_for(account, at=at).grants == frozenset()


def test_position_gives_nothing_after_its_last_day(kelurahan, at):
    account = hire(kelurahan, ends_on=date(2026, 3, 3))
    assert people.actor_for(account, at=at).grants
    assert people.actor_for(account, at=at + timedelta(days=1)).grants == frozenset()


def test_position_gives_nothing_before_it_begins(kelurahan, at):
    account = hire(kelurahan, starts_on=date(2026, 3, 3))
    assert people.actor_for(account, at=at).grants == frozenset()


def test_position_begins_with_the_day_of_the_office(kelurahan, at):
    account = hire(kelurahan, starts_on=date(2026, 3, 3))
    before, after = at.replace(hour=16, minute=59), at.replace(hour=17, minute=0)
    assert people.actor_for(account, at=before).grants == frozenset()
    assert people.actor_for(account, at=after).grants


@pytest.mark.parametrize("posts", [1, 3])
def test_actor_for_staff_takes_one_query(elsewhere, at, posts, django_assert_num_queries):
    account = staff()
    for role in ["officer", "head", "auditor"][:posts]:
        hire(elsewhere, role=role, account=account)
    with django_assert_num_queries(1):
        people.actor_for(account, at=at)


def test_actor_for_resident_takes_no_query(at, django_assert_num_queries):
    account = resident().account
    with django_assert_num_queries(0):
        people.actor_for(account, at=at)


def test_resident_of_finds_who_acts(ayu):
    assert people.resident_of(ayu).account.full_name == "Ayu Lestari"


def test_resident_of_refuses_staff_visitors_and_processes(budi):
    for actor in (budi, Actor.visitor(), Actor.system("sweep")):
        with pytest.raises(NotAllowed):
            people.resident_of(actor)


def test_account_of_refuses_visitors(ayu):
    assert people.account_of(ayu).full_name == "Ayu Lestari"
    with pytest.raises(NotAllowed):
        people.account_of(Actor.visitor())


def test_contacts_of_a_resident(ayu):
    found = people.contacts_of(people.resident_of(ayu))
    assert [point.value for point in found] == ["ayu@warga.example"]


def test_staff_need_a_second_factor_and_residents_do_not():
    assert people.needs_second_factor(staff())
    assert not people.needs_second_factor(resident().account)


def test_recovery_codes_alone_are_no_second_factor():
    account = staff()
    Authenticator.objects.create(user=account, type="recovery_codes", data={})
    assert people.needs_second_factor(account)
    Authenticator.objects.create(user=account, type="totp", data={})
    assert not people.needs_second_factor(account)


def test_account_refers_to_itself_as_text():
    account = staff()
    assert account.ref == f"account:{account.pk}"
    assert Account.objects.get(pk=account.pk) == account
