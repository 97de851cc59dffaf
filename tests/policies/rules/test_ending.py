"""When circulars really end."""

import pytest

from loket.policies.rules import ending
from tests.policies.rules.law import JAKARTA, at, circular, maybe, provision

CLOSED = provision("counters", state="closed", article="1")
REMOTE = provision("remote", work="allowed", article="2")


def periods(*circulars):
    """Return when each provision holds: number and article to first and last moment."""
    found = ending.effects(circulars=circulars, zone=JAKARTA)
    return {
        f"{effect.because.number} {effect.because.article}": (effect.starts_at, effect.ends_at)
        for effect in found
    }


def span(since, until):
    return at(since), maybe(until)


def test_a_circular_ends_by_itself_or_not_at_all():
    found = periods(
        circular("A", CLOSED, since="2020-03-17", until="2020-04-01"),
        circular("B", CLOSED, since="2020-03-17"),
    )

    assert found == {
        "A 1": span("2020-03-17", "2020-04-01"),
        "B 1": span("2020-03-17", None),
    }


def test_a_provision_with_its_own_period_keeps_it():
    found = periods(
        circular(
            "A",
            CLOSED,
            provision("remote", "2020-03-20", "2020-03-24", work="allowed", article="2"),
            since="2020-03-17",
            until="2020-04-01",
        )
    )

    assert found["A 2"] == span("2020-03-20", "2020-03-24")


def test_a_revoked_circular_ends_when_the_other_begins():
    old = circular("38", CLOSED, since="2020-06-08")
    new = circular("62", REMOTE, since="2020-09-03", on="2020-09-02", revokes=[old])

    assert periods(old, new) == {
        "38 1": span("2020-06-08", "2020-09-03"),
        "62 2": span("2020-09-03", None),
    }


def test_what_was_revoked_does_not_revive_when_the_other_ends():
    old = circular("38", CLOSED, since="2020-06-08")
    new = circular("62", REMOTE, since="2020-09-03", until="2020-10-01", revokes=[old])

    assert periods(old, new)["38 1"] == span("2020-06-08", "2020-09-03")


@pytest.mark.parametrize(
    ("revoked_from", "ends_on"), [("2020-09-03", None), ("2020-09-04", "2020-09-03")]
)
def test_it_revives_if_the_other_never_began(revoked_from, ends_on):
    old = circular("38", CLOSED, since="2020-06-08")
    new = circular("62", REMOTE, since="2020-09-03", revokes=[old], revoked_from=revoked_from)

    assert periods(old, new)["38 1"] == span("2020-06-08", ends_on)


def test_one_that_was_revoked_before_it_began_leaves_nothing():
    gone = circular("A", CLOSED, since="2020-09-03", revoked_from="2020-09-01")

    assert periods(gone) == {}


def test_one_that_is_stopped_before_it_begins_stops_nobody():
    first = circular("A", CLOSED, since="2020-06-01")
    second = circular("B", REMOTE, since="2020-09-10", on="2020-08-01", revokes=[first])
    third = circular("C", REMOTE, since="2020-09-05", on="2020-08-20", revokes=[second])

    assert periods(first, second, third) == {
        "A 1": span("2020-06-01", None),
        "C 2": span("2020-09-05", None),
    }


def test_a_ring_ends_and_does_not_depend_on_the_order():
    one = circular("A", CLOSED, since="2020-09-03", on="2020-09-01")
    two = circular("B", REMOTE, since="2020-09-03", on="2020-09-02", revokes=[one])
    one = circular("A", CLOSED, since="2020-09-03", on="2020-09-01", revokes=[two])

    assert periods(one, two) == periods(two, one) == {"B 2": span("2020-09-03", None)}


def test_the_latest_of_a_chain_of_amendments_decides():
    """SE 19/2020 of the minister, extended by SE 34, 50, 54 and 57, each amending SE 19."""
    first = circular("19", REMOTE, since="2020-03-17", until="2020-04-01", on="2020-03-16")
    chain = [
        circular(number, since=since, on=since,
                 amends=[(first, {"extended_through": through})])
        for number, since, through in (
            ("34", "2020-03-30", "2020-04-21"),
            ("50", "2020-04-20", "2020-05-13"),
            ("54", "2020-05-12", "2020-05-29"),
            ("57", "2020-05-28", "2020-06-04"),
        )
    ]  # fmt: skip

    for known, end in (
        (1, "2020-04-22"),
        (2, "2020-05-14"),
        (3, "2020-05-30"),
        (4, "2020-06-05"),
    ):
        assert periods(first, *chain[:known])["19 2"] == span("2020-03-17", end)
    assert periods(*reversed(chain), first)["19 2"] == span("2020-03-17", "2020-06-05")


def test_an_amendment_may_shorten():
    first = circular("A", REMOTE, since="2020-03-17")
    second = circular(
        "B", CLOSED, since="2020-03-20", amends=[(first, {"extended_through": "2020-03-31"})]
    )

    assert periods(first, second)["A 2"] == span("2020-03-17", "2020-04-01")


def test_an_amended_period_does_not_move_a_provision_with_its_own():
    own = provision("counters", "2020-03-17", "2020-03-24", state="closed")
    first = circular("A", own, REMOTE, since="2020-03-17", until="2020-04-01")
    second = circular(
        "B", CLOSED, since="2020-03-30", amends=[(first, {"extended_through": "2020-04-21"})]
    )

    found = periods(first, second)
    assert found["A 1"] == span("2020-03-17", "2020-03-24")
    assert found["A 2"] == span("2020-03-17", "2020-04-22")


def test_an_end_that_is_past_is_not_moved_any_more():
    first = circular("A", REMOTE, since="2020-03-17", until="2020-04-01")
    late = circular(
        "B", CLOSED, since="2020-04-03", on="2020-04-02",
        amends=[(first, {"extended_through": "2020-04-21"})],
    )  # fmt: skip

    assert periods(first, late)["A 2"] == span("2020-03-17", "2020-04-01")


def test_what_is_shortened_to_nothing_before_it_begins_stops_nobody():
    first = circular("A", CLOSED, since="2020-06-01")
    second = circular("B", REMOTE, since="2020-09-10", on="2020-08-01", revokes=[first])
    third = circular(
        "C", since="2020-09-01", on="2020-08-20",
        amends=[(second, {"extended_through": "2020-09-05"})],
    )  # fmt: skip

    assert periods(first, second, third) == {"A 1": span("2020-06-01", None)}


@pytest.mark.parametrize("number", ["1", "3"])
def test_of_two_of_one_day_the_revoked_one_stops_nobody(number):
    first = circular("A", CLOSED, since="2020-06-01", on="2020-05-01")
    second = circular("2", REMOTE, since="2020-09-10", on="2020-09-01", revokes=[first])
    third = circular(number, since="2020-09-10", on="2020-09-01", revokes=[second])

    assert periods(first, second, third) == {"A 1": span("2020-06-01", None)}


def test_replaced_articles_end_and_the_others_go_on():
    first = circular("58", CLOSED, REMOTE, since="2020-06-05")
    second = circular(
        "67", CLOSED, since="2020-09-04", on="2020-09-04", amends=[(first, {"articles": ["1"]})]
    )

    assert periods(first, second) == {
        "58 1": span("2020-06-05", "2020-09-04"),
        "58 2": span("2020-06-05", None),
        "67 1": span("2020-09-04", None),
    }


def test_an_amendment_that_was_taken_back_in_time_changes_nothing():
    first = circular("A", REMOTE, since="2020-03-17", until="2020-04-01")
    second = circular(
        "B", CLOSED, since="2020-03-30", revoked_from="2020-03-30",
        amends=[(first, {"extended_through": "2020-04-21"})],
    )  # fmt: skip

    assert periods(first, second) == {"A 2": span("2020-03-17", "2020-04-01")}


def test_who_changed_a_period_is_named():
    first = circular("A", CLOSED, REMOTE, since="2020-03-17", until="2020-04-01")
    extends = circular(
        "B", since="2020-03-30", on="2020-03-30",
        amends=[(first, {"extended_through": "2020-04-21"})],
    )  # fmt: skip
    replaces = circular(
        "C", since="2020-04-02", on="2020-04-02", amends=[(first, {"articles": ["1"]})]
    )

    found = ending.effects(circulars=[replaces, first, extends], zone=JAKARTA)
    assert {e.because.article: e.because.amended_by for e in found} == {
        "1": ("Gubernur B (30-03-2020)", "Gubernur C (02-04-2020)"),
        "2": ("Gubernur B (30-03-2020)",),
    }


def test_numbers_repeat_issuers_and_dates_do_not():
    mayor = circular("02/SE", CLOSED, issuer="Wali Kota", since="2020-03-17")
    governor = circular("02/SE", REMOTE, since="2020-03-17", revoked_from="2020-03-20")
    later = circular("9", since="2020-03-25", revokes=[governor])

    assert periods(mayor, governor, later) == {
        "02/SE 1": span("2020-03-17", None),
        "02/SE 2": span("2020-03-17", "2020-03-20"),
    }


def test_ends_are_told_by_subject():
    old = circular("38", CLOSED, since="2020-06-08")
    new = circular("62", REMOTE, since="2020-09-03", revokes=[old])

    assert ending.ends(circulars=[old, new], zone=JAKARTA) == {
        "circular:38": at("2020-09-03"),
        "circular:62": None,
    }
