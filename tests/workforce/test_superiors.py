"""Who decides on whom: the same in every service and in every list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from loket.kernel.access import Actor
from loket.kernel.errors import NotAllowed
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import RECORD, VALIDATE
from loket.workforce.models import Absence, Clocking, Ruling, Swap, WorkReport
from tests.conftest import ELSEWHERE

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
UNITS = {
    "top": "31",
    "agency": "31-DUKCAPIL",
    "city": "31.74-DUKCAPIL",
    "sector": "31.74.04-DUKCAPIL",
    "point": "31.74.04.1003-DUKCAPIL",
    "elsewhere": f"{ELSEWHERE}-DUKCAPIL",
}
"""From above to below; the last in another city."""
ALWAYS = ("budi staff point", "nadia personnel top")
CASES = {
    "a head for each": (
        ("dewi head point", "hana head sector"),
        {"budi": "dewi hana", "dewi": "hana", "hana": "nadia"},
    ),
    "one stands in while the head is away": (
        (
            "dewi head point",
            "joko staff point",
            "joko head point delegated",
            "hana head sector",
        ),
        {"budi": "dewi joko hana", "dewi": "hana", "joko": "hana", "hana": "nadia"},
    ),
    "the same without anybody above": (
        ("dewi head point", "joko staff point", "joko head point delegated"),
        {"budi": "dewi joko", "dewi": "nadia", "joko": "nadia"},
    ),
    "a unit without a head": (("hana head sector",), {"budi": "hana", "hana": "nadia"}),
    "a unit without one, and none right above": (
        ("dewi head point", "kiki head city"),
        {"budi": "dewi kiki", "dewi": "kiki", "kiki": "nadia"},
    ),
    "no heads at all": ((), {"budi": "nadia"}),
    "one of the staff acts for the head above": (
        ("dewi head point", "joko staff point", "joko head sector acting", "kiki head city"),
        {"budi": "dewi joko kiki", "dewi": "kiki", "joko": "kiki", "kiki": "nadia"},
    ),
    "the same, and nobody above them": (
        ("dewi head point", "joko staff point", "joko head sector acting"),
        {"budi": "dewi joko", "dewi": "nadia", "joko": "nadia"},
    ),
    "a head acts for the one above, who is away": (
        ("dewi head point", "dewi head sector delegated", "hana head sector", "kiki head city"),
        {"budi": "dewi hana kiki", "dewi": "kiki", "hana": "kiki", "kiki": "nadia"},
    ),
    "somebody from elsewhere acts": (
        ("joko officer city", "joko head point acting", "kiki head city"),
        {"budi": "joko kiki", "joko": "kiki", "kiki": "nadia"},
    ),
    "two heads of the top": (
        ("kiki head top", "lala head top"),
        {"budi": "kiki lala", "kiki": "nadia", "lala": "nadia"},
    ),
    "personnel works where the head of the top does": (
        ("kiki head top", "nadia staff top", "putri personnel top"),
        {"budi": "kiki", "kiki": "putri", "nadia": "kiki"},
    ),
    "personnel of a part of it": (
        ("dewi head point", "putri personnel city"),
        {"budi": "dewi", "dewi": "nadia putri"},
    ),
    "two stand in where the other works": (
        (
            "kiki head city",
            "hana staff point",
            "hana head elsewhere acting",
            "joko staff elsewhere",
            "joko head point acting",
        ),
        {"budi": "joko kiki", "hana": "kiki", "joko": "nadia"},
    ),
    "personnel stands in for the head": (
        ("dewi head point", "putri personnel point", "putri head point delegated"),
        {"budi": "dewi putri", "dewi": "nadia"},
    ),
    "personnel of all stands in for a head above": (
        (
            "dewi head point",
            "hana head sector",
            "putri personnel top",
            "putri head sector delegated",
        ),
        {"budi": "dewi hana putri", "dewi": "hana putri", "hana": "nadia"},
    ),
}


@pytest.fixture(params=list(CASES))
def case(request, kelurahan, elsewhere, at) -> tuple[dict[str, Actor], dict[str, set[str]]]:
    """Return everybody of a case, and who decides on each; each asks for everything."""
    posts, expected = CASES[request.param]
    actors = appointed((*ALWAYS, *posts), at)
    for username in expected:
        ask(Account.objects.get(username=username), at)
    return actors, {name: set(found.split()) for name, found in expected.items()}


def appointed(posts: Iterable[str], at: datetime) -> dict[str, Actor]:
    for post in posts:
        username, role, unit, *basis = post.split()
        account, _new = Account.objects.get_or_create(
            username=username,
            defaults={"full_name": username.title(), "email": f"{username}@dki.example"},
        )
        Position.objects.create(
            account=account, unit=Unit.objects.get(code=UNITS[unit]), role=role, title=role,
            basis=(basis or ["definitive"])[0], starts_on=ON, ends_on=ON + timedelta(days=9),
        )  # fmt: skip
    return {each.username: people.actor_for(each, at=at) for each in Account.objects.all()}


def ask(account: Account, at: datetime) -> None:
    """Let somebody ask for days away, appeal, clock in late and hand in a report."""
    unit = people.homes(account, on=ON)[0].unit
    Absence.objects.create(
        account=account, kind="leave", starts_on=ON, ends_on=ON + timedelta(days=2),
        asked_at=at, asked_by=account.ref,
    )  # fmt: skip
    about = {"account": account, "unit": unit, "on": ON}
    Ruling.objects.create(**about, words="Lift macet", asked_at=at)
    WorkReport.objects.create(**about, submitted_at=at)
    Clocking.objects.create(
        **about, key=f"k-{account.pk:09}", kind="in", way="place", counts_at=at,
        received_at=at, claimed_at=at - timedelta(minutes=9), skew_seconds=0, is_offline=True,
        contact_at=at - timedelta(minutes=19),
    )  # fmt: skip


def tried(name: str, actor: Actor, at: datetime) -> set[bool]:
    """Return whether somebody may decide on each of what another asked for; nothing is."""
    own = {"account__username": name}
    given = {"actor": actor, "at": at}
    acts = [
        lambda: workforce.decide_absence(
            absence=Absence.objects.get(**own), is_granted=True, **given
        ),
        lambda: workforce.decide_appeal(
            ruling=Ruling.objects.get(**own), is_granted=True, **given
        ),
        lambda: workforce.confirm_clocking(clocking=Clocking.objects.get(**own), **given),
        lambda: workforce.validate_reports(
            reports=[(WorkReport.objects.get(**own), 1)], **given
        ),
        lambda: workforce.return_report(
            report=WorkReport.objects.get(**own), remark="Kurang jelas", revision=1, **given
        ),
    ]
    return {happens(act) for act in acts}


def happens(act) -> bool:
    with transaction.atomic():
        try:
            act()
        except NotAllowed:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def test_services_let_only_the_superior_decide(case, at):
    actors, expected = case
    found = {
        name: {each for each, actor in actors.items() if tried(name, actor, at) == {True}}
        for name in expected
    }
    refused = {
        name: {each for each, actor in actors.items() if tried(name, actor, at) == {False}}
        for name in expected
    }
    assert found == expected
    assert refused == {name: set(actors) - deciders for name, deciders in expected.items()}


def test_lists_show_to_each_what_they_decide(case):
    actors, expected = case
    for each, actor in actors.items():
        mine = {name for name, deciders in expected.items() if each in deciders}
        parts = queries.nearest_absences(actor, on=ON, units=seats(actor))
        asked = sorted(row.account.username for rows in parts for row in rows)
        assert asked == sorted(mine), each
        assert all(listed(actor, kind) == mine for kind in LISTS), each


LISTS = {
    "appeals": queries.appeals_waiting,
    "reports": queries.waiting_reports,
    "clockings": queries.clockings_waiting,
}
KINDS = LISTS.items()


def listed(actor: Actor, kind: str) -> set[str]:
    """Return whose are shown to somebody on the pages of all units taken together."""
    return {
        row.account.username
        for code in UNITS.values()
        for row in LISTS[kind](unit=Unit.objects.get(code=code), actor=actor, today=ON)
    }


def test_a_page_shows_what_nobody_nearer_decides(case):
    actors, expected = case
    nearest = {name: lowest(deciders, actors) for name, deciders in expected.items()}
    for each, actor in actors.items():
        shown = set()
        for unit in seats(actor):
            given = {"unit": unit, "actor": actor, "today": ON}
            rows = {kind: {row.account.username for row in ask(**given)} for kind, ask in KINDS}
            found = queries.waits(unit=unit, actor=actor, on=ON)
            assert {len(names) for names in rows.values()} == {found.reports}
            assert (found.appeals, found.absences) == (found.reports, found.reports)
            shown |= rows["appeals"]
        assert {name for name, who in nearest.items() if each in who} <= shown, each


def test_days_away_are_parted_as_the_first_page_counts_them(case):
    actors, expected = case
    for each, actor in actors.items():
        mine = {name for name, deciders in expected.items() if each in deciders}
        for unit in seats(actor):
            parts = queries.nearest_absences(actor, on=ON, units=[unit])
            near, rest = ([row.account.username for row in rows] for rows in parts)
            assert len(near) == queries.waits(unit=unit, actor=actor, on=ON).absences
            assert sorted(near + rest) == sorted(mine), each


def test_who_asks_is_told_who_decides(case, django_assert_max_num_queries):
    actors, expected = case
    heads = set(
        Position.objects.filter(role="head").values_list("account__username", flat=True)
    )
    for name, able in expected.items():
        account = Account.objects.get(username=name)
        with django_assert_max_num_queries(3):
            told = [post.account.username for post in people.deciders(account, on=ON)]
        by_post = able & heads
        assert told == sorted(lowest(by_post, actors) if by_post else ()), name


def test_a_page_leaves_out_what_is_decided_nearer(kelurahan, at):
    actors = appointed((*ALWAYS, "dewi head point", "hana head sector", "kiki head city"), at)
    for account in Account.objects.exclude(username="nadia"):
        ask(account, at)
    pages = {
        (name, unit): sorted(
            row.account.username
            for row in queries.waiting_reports(
                unit=Unit.objects.get(code=UNITS[unit]), actor=actors[name], today=ON
            )
        )
        for name, unit in (
            ("dewi", "point"), ("hana", "sector"), ("hana", "point"), ("kiki", "city"),
            ("kiki", "point"), ("nadia", "top"), ("nadia", "point"),
        )
    }  # fmt: skip
    assert pages == {
        ("dewi", "point"): ["budi"],
        ("hana", "sector"): ["dewi"],
        ("hana", "point"): ["budi", "dewi"],
        ("kiki", "city"): ["hana"],
        ("kiki", "point"): ["budi", "dewi"],
        ("nadia", "top"): ["kiki"],
        ("nadia", "point"): [],
    }


def seats(actor: Actor) -> list[Unit]:
    """Return the units by which somebody decides."""
    paths = actor.scopes(VALIDATE) | actor.scopes(RECORD)
    return list(Unit.objects.filter(path__in=paths).order_by("path"))


def lowest(deciders: set[str], actors: dict[str, Actor]) -> set[str]:
    """Return those of the deciders who decide by the lowest unit."""
    depth = {each: seats(actors[each])[-1].path.count("/") for each in deciders}
    return {each for each in deciders if depth[each] == max(depth.values())}


def test_more_rows_ask_no_more_queries(kelurahan, at, django_assert_num_queries):
    actors = appointed((*ALWAYS, "dewi head point", "hana head sector"), at)
    unit = Unit.objects.get(code=UNITS["sector"])
    for count in (1, 3):
        for number in range(count):
            names = appointed([f"h{count}{number} head point"], at)
            ask(Account.objects.get(username=f"h{count}{number}"), at)
        assert names
        with django_assert_num_queries(20):
            queries.waits(unit=unit, actor=actors["hana"], on=ON)
            for _kind, ask_for in KINDS:
                list(ask_for(unit=unit, actor=actors["hana"], today=ON))


def test_a_swap_of_a_head_is_decided_above(kelurahan, at):
    actors = appointed(
        (*ALWAYS, "dewi head point", "joko staff point", "joko head point delegated",
         "hana head sector", "putri staff point"), at,
    )  # fmt: skip
    who = {each.username: each for each in Account.objects.all()}
    made = {
        pair: Swap.objects.create(
            unit=kelurahan, asker=who[pair[0]], other=who[pair[1]], gives_on=ON, state="agreed",
            asked_at=at,
        )
        for pair in (("budi", "putri"), ("dewi", "budi"))
    }  # fmt: skip
    shown = {
        name: queries.swaps_to_decide(actor=actors[name], today=ON)
        for name in ("dewi", "joko", "hana", "nadia", "budi")
    }
    staff, head = made["budi", "putri"], made["dewi", "budi"]
    assert shown == {
        "dewi": [staff], "joko": [staff], "hana": [staff, head], "nadia": [], "budi": [],
    }  # fmt: skip
    assert queries.swaps_to_decide(actor=actors["hana"], today=ON, unit=kelurahan.parent) == [
        head
    ]
    assert queries.waits(unit=kelurahan.parent, actor=actors["hana"], on=ON).swaps == 1
    assert queries.waits(unit=kelurahan, actor=actors["joko"], on=ON).swaps == 1
    with pytest.raises(NotAllowed, match=r"unit above|unit di atasnya"):
        workforce.decide_swap(swap=head, is_approved=False, actor=actors["joko"], at=at)
    workforce.decide_swap(swap=head, is_approved=False, actor=actors["hana"], at=at)


def test_the_nearest_heads_are_told(kelurahan, at):
    appointed((*ALWAYS, "dewi head point", "joko head point acting", "hana head sector"), at)
    dewi = Account.objects.get(username="dewi")
    near = people.nearest_heads(kelurahan.path, on=ON)
    above = people.nearest_heads(kelurahan.path, on=ON, besides={dewi.pk})
    assert ([each.username for each in near], [each.username for each in above]) == (
        ["dewi", "joko"], ["hana"],
    )  # fmt: skip
    assert people.nearest_heads("/31/", on=ON) == []
