from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, TooMany
from loket.people import services as people
from loket.people.models import Account, ContactPoint, Resident, SignInCode
from tests.factories.people import resident

pytestmark = pytest.mark.django_db

VISITOR = Actor(ref="visitor", name="a visitor")
EMAIL = "sari@warga.example"


def ask(at, contact=EMAIL, **more):
    return people.request_code(contact=contact, actor=VISITOR, at=at, **more)


def confirm(fresh, at, code=None, **more):
    return people.confirm_code(
        token=fresh.token, code=code or fresh.code, actor=VISITOR, at=at, **more
    )


def wrong(fresh):
    return f"{(int(fresh.code) + 1) % 1_000_000:06}"


def test_request_keeps_only_a_digest(at):
    fresh = ask(at)
    row = SignInCode.objects.get()
    assert (len(fresh.code), fresh.code.isdecimal()) == (6, True)
    assert fresh.code not in {row.digest, row.token}
    assert len(row.digest) == 64
    assert fresh.code not in repr(fresh)
    assert fresh.code not in str(list(Entry.objects.values()))
    assert row.expires_at == at + timedelta(minutes=10)


def test_request_answers_known_and_unknown_alike(at, django_assert_num_queries):
    resident(EMAIL)
    with django_assert_num_queries(10) as known:
        ask(at, network="198.51.100.7")
    with django_assert_num_queries(10) as unknown:
        ask(at, contact="nobody@warga.example", network="198.51.100.7")
    assert len(known) == len(unknown)


def test_request_reads_contacts_in_any_way_of_writing(at):
    assert ask(at, contact="  Sari@Warga.example ").email == EMAIL
    fresh = ask(at, contact="0811 0000 0001")
    assert (fresh.email, fresh.phone) == ("", "+6281100000001")


def test_request_refuses_what_is_no_contact(at):
    with pytest.raises(Invalid) as refusal:
        ask(at, contact="halo")
    assert list(refusal.value.fields) == ["contact"]


def test_request_is_limited_per_contact(at):
    for _ in range(5):
        ask(at)
    with pytest.raises(TooMany):
        ask(at)
    ask(at, contact="other@warga.example")


def test_request_is_limited_per_network(at):
    for number in range(100):
        ask(at, contact=f"p{number}@warga.example", network="198.51.100.7")
    with pytest.raises(TooMany):
        ask(at, contact="p100@warga.example", network="198.51.100.7")
    ask(at, contact="p100@warga.example", network="198.51.100.8")


def test_first_confirmation_registers_a_resident(at):
    account = confirm(ask(at), at, language="en")
    assert (account.kind, account.language) == ("resident", "en")
    assert not account.has_usable_password()
    assert "sari" not in account.username
    point = ContactPoint.objects.get(resident__account=account)
    assert (point.kind, point.value, point.verified_at) == ("email", EMAIL, at)


def test_later_confirmations_find_the_same_resident(at):
    first = confirm(ask(at), at)
    again = confirm(ask(at), at)
    assert first == again
    assert Resident.objects.count() == 1


def test_confirmation_is_journalled_without_the_contact(at):
    confirm(ask(at), at)
    person = Resident.objects.get()
    assert list(Entry.objects.order_by("id").values_list("name", "subject")) == [
        ("people.code_requested", f"sign_in:{SignInCode.objects.get().pk}"),
        ("people.resident_registered", person.subject),
        ("people.resident_signed_in", person.subject),
    ]
    assert EMAIL not in str(list(Entry.objects.values("facts")))


def test_code_may_be_typed_with_spaces(at):
    fresh = ask(at)
    confirm(fresh, at, code=f" {fresh.code[:3]} {fresh.code[3:]} ")


def test_code_works_once(at):
    fresh = ask(at)
    confirm(fresh, at)
    with pytest.raises(Invalid):
        confirm(fresh, at)


def test_code_works_for_ten_minutes(at):
    fresh = ask(at)
    with pytest.raises(Invalid):
        confirm(fresh, at + timedelta(minutes=10))
    confirm(fresh, at + timedelta(minutes=9, seconds=59))


def test_code_is_dead_after_five_wrong_tries(at):
    fresh = ask(at)
    for _ in range(5):
        with pytest.raises(Invalid) as refusal:
            confirm(fresh, at, code=wrong(fresh))
        assert list(refusal.value.fields) == ["code"]
    with pytest.raises(Invalid):
        confirm(fresh, at)
    assert not Account.objects.exists()


def test_fifth_try_may_be_the_right_one(at):
    fresh = ask(at)
    for _ in range(4):
        with pytest.raises(Invalid):
            confirm(fresh, at, code=wrong(fresh))
    confirm(fresh, at)


def test_code_belongs_to_its_token(at):
    first, second = ask(at), ask(at, contact="other@warga.example")
    if first.code != second.code:
        with pytest.raises(Invalid):
            confirm(first, at, code=second.code)
    with pytest.raises(Invalid):
        people.confirm_code(token="unknown", code=first.code, actor=VISITOR, at=at)


def test_confirmation_refuses_a_closed_account(at):
    person = resident(EMAIL)
    Account.objects.filter(pk=person.account_id).update(is_active=False)
    with pytest.raises(NotAllowed):
        confirm(ask(at), at)


def test_confirmation_is_limited_per_network(at):
    for _ in range(300):
        with pytest.raises(Invalid):
            people.confirm_code(
                token="x", code="1", network="198.51.100.7", actor=VISITOR, at=at
            )
    with pytest.raises(TooMany):
        confirm(ask(at), at, network="198.51.100.7")


def test_second_contact_leads_to_the_same_resident(ayu, at):
    fresh = ask(at, contact="0811 0000 0001")
    point = people.add_contact(token=fresh.token, code=fresh.code, actor=ayu, at=at)
    assert (point.kind, point.value) == ("phone", "+6281100000001")
    account = confirm(ask(at, contact="+62 811 0000 0001"), at)
    assert account.ref == ayu.ref


def test_second_contact_of_another_resident_is_refused(ayu, at):
    resident(EMAIL)
    fresh = ask(at)
    with pytest.raises(Conflict):
        people.add_contact(token=fresh.token, code=fresh.code, actor=ayu, at=at)
    assert ContactPoint.objects.filter(resident__account__full_name="Ayu Lestari").count() == 1


def test_adding_a_contact_twice_changes_nothing(ayu, at):
    fresh = ask(at, contact="ayu@warga.example")
    point = people.add_contact(token=fresh.token, code=fresh.code, actor=ayu, at=at)
    assert point == ContactPoint.objects.get()


def test_budi_may_not_add_a_contact(budi, at):
    fresh = ask(at)
    with pytest.raises(NotAllowed):
        people.add_contact(token=fresh.token, code=fresh.code, actor=budi, at=at)


def in_threads(work, items):
    gate = threading.Barrier(len(items))

    def one(item):
        gate.wait()
        try:
            return work(item)
        except Invalid:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(one, items))


@pytest.mark.django_db(transaction=True)
def test_two_first_sign_ins_at_once_make_one_resident(at):
    codes = [ask(at) for _ in range(4)]
    accounts = in_threads(lambda fresh: confirm(fresh, at), codes)
    assert len({account.pk for account in accounts}) == 1
    counts = [kind.objects.count() for kind in (Account, Resident, ContactPoint)]
    assert counts == [1, 1, 1]
    assert Entry.objects.filter(name="people.resident_registered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_code_used_by_many_at_once_lets_one_in(at):
    fresh = ask(at)
    accounts = in_threads(lambda _n: confirm(fresh, at), list(range(4)))
    assert len([account for account in accounts if account]) == 1


@pytest.mark.django_db(transaction=True)
def test_wrong_tries_at_once_are_all_counted(at):
    fresh = ask(at)
    in_threads(lambda _n: confirm(fresh, at, code=wrong(fresh)), list(range(8)))
    assert SignInCode.objects.get().tries == 5
