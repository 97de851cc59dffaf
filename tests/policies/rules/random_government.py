"""Any small government whatever, with any law: every kind of provision, scope and period."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from loket.organisation.rules.calendar import Calendar, Day
from loket.policies.rules.facts import RoomFact, UnitFact, week
from tests.policies.rules.law import at, circular, closure, provision, zone
from tests.policies.rules.oracle import Oracle

START = at("2020-09-14")
TREE = (
    ("/31/", "province"),
    ("/31/31.71/", "city"),
    ("/31/31.71/31.71.01/", "district"),
    ("/31/31.71/31.71.02/", "district"),
    ("/31/31.74/", "city"),
    ("/31/31-DUKCAPIL/", "agency"),
    ("/31/31-DUKCAPIL/31.71-DUKCAPIL/", "branch"),
)
UNITS = tuple(path.strip("/").split("/")[-1] for path, _kind in TREE)
PLACES = ("G-1", "G-2")
ROOMS = ("R-1", "R-2", "R-3")
SERVICES = ("A", "B")
WEEKS = (
    {},
    {str(day): [["07:30", "16:00"]] for day in range(5)},
    {str(day): [["08:00", "12:00"], ["13:00", "15:00"]] for day in range(6)},
    {"1": [["09:00", "11:00"]]},
)
HOLIDAYS = Calendar(
    {
        START.date() + timedelta(days=3): Day("Libur"),
        START.date() + timedelta(days=12): Day("Masuk", is_working=True),
        START.date() + timedelta(days=29): Day("Cuti bersama"),
    },
    frozenset({2020}),
)
DAYS = ({"every_day": ["08:00-12:00"]}, {"monday": []}, {"friday": ["09:00-11:00"]},
        {"every_day": ["10:00-11:30", "13:00-13:30"], "tuesday": ["07:00-15:00"]},
        {"saturday": ["09:00-10:00"], "every_day": []},
        {"saturday": ["08:00-12:00"], "sunday": ["10:00-11:00"]}, {"sunday": []})  # fmt: skip
SHARES = st.sampled_from(["0%", "25%", "50%", "100%"])


def one_of(*these: Any) -> Any:
    return st.sampled_from(these)


def said(kind: str, **parts: Any) -> Any:
    return st.fixed_dictionaries({"kind": st.just(kind)}, optional=parts).filter(
        lambda found: len(found) > 1 or not parts
    )


SHIFTS = (
    [{"name": "1", "hours": {"every_day": "07:00-12:30", "friday": "07:00-13:00"}}],
    [{"name": "1", "hours": {"monday": "08:00-12:00"}},
     {"name": "2", "hours": {"every_day": "10:00-16:00"}, "pause": {"friday": "11:30-13:00"}}],
)  # fmt: skip


def says(kind, name, *values):
    """Return provisions of a kind that give one key one of some values."""
    return st.sampled_from([{"kind": kind, name: value} for value in values])


COUNTERS = says("counters", "state", "open", "limited", "online_only", "closed")
PROVISIONS = st.one_of(
    COUNTERS,
    COUNTERS,
    says("room", "max_share", "0%", "25%", "50%", "100%"),
    said("attendance", min_share=SHARES),
    said("attendance", max_share=SHARES),
    said("attendance", max_share_concurrent=SHARES, max_share=SHARES),
    says("hours", "hours", *DAYS),
    says("shifts", "shifts", *SHIFTS),
    says("pinned", "posts", ["structural"], ["a", "b"]),
    says("excused", "groups", ["sick"], ["pregnant", "sick"]),
    said("excused", elderly_from=one_of(50, 60)).map(lambda p: {"groups": ["elderly"], **p}),
    says("remote", "work", "allowed", "required"),
    says("reporting", "duties", ["photo"], ["same_day", "photo"]),
    st.just({"kind": "suspension"}),
    said(
        "channels",
        channels=one_of(["web"], ["counter", "web"], ["counter"], ["web", "phone"]),
        hours=one_of({}, *DAYS),
    ).filter(lambda p: "channels" in p),
    says("priority", "groups", ["elderly"], ["disabled"]),
    said(
        "protocol",
        mask=st.booleans(),
        temperature_max=one_of(37, 38),
        distance_m=one_of(1, 2),
        ppe=one_of("none", "full"),
    ),
    says("clock", "suspended", True),
    says("clock", "extended_by", 1, 2, 3),
    said("letters", drop_box=st.just(True), email=st.just(True)),
)
NARROW = st.one_of(
    st.builds(lambda u: {"units": u}, st.lists(st.sampled_from(UNITS), min_size=1, max_size=2)),
    st.builds(lambda u: {"except_units": [u]}, st.sampled_from(UNITS)),
    st.builds(lambda k: {"kinds": k}, one_of(["city"], ["district", "branch"])),
    st.builds(lambda f: {"functions": [f]}, one_of("government", "civil_registry")),
    st.builds(lambda p: {"place": p}, st.sampled_from(PLACES)),
    st.builds(lambda p, f: {"place": p, "floor": f}, st.sampled_from(PLACES), one_of("1", "2")),
    st.builds(lambda r: {"room": r}, st.sampled_from(ROOMS)),
    st.builds(lambda s: {"services": s}, one_of(["A"], ["B"], ["A", "B"])),
    st.builds(
        lambda *values: {"zone": {"scheme": "covid_zone", "values": sorted(set(values))}},
        one_of("high", "low"),
        one_of("high", "low"),
    ),
)
SCOPES = st.lists(NARROW, max_size=3).map(
    lambda parts: {k: v for p in parts for k, v in p.items()}
)
CLOCKS = one_of("", "", " 07:30", " 10:00", " 12:30", " 16:00")
BEGINS = st.builds(
    lambda n, c: f"{START + timedelta(days=n):%Y-%m-%d}{c}", st.integers(0, 14), CLOCKS
)
MOMENTS = st.builds(
    lambda n, c: at(f"{START + timedelta(days=n):%Y-%m-%d}{c}"),
    st.integers(-1, 34),
    one_of("", " 07:29", " 08:15", " 10:00", " 15:59", " 16:00"),
)


def later(draw: Any, since: str, open_end: bool = True) -> str | None:
    days = draw(st.none() | st.integers(1, 16)) if open_end else draw(st.integers(1, 16))
    return None if days is None else f"{at(since) + timedelta(days=days):%Y-%m-%d %H:%M}"


@st.composite
def provisions(draw, since, until):
    """Return a provision of a circular; a period of its own lies within the circular's."""
    own, end = "", None
    if draw(one_of(True, False, False)):
        own = draw(BEGINS)
        if at(own) < at(since) or (until and at(own) >= at(until)):
            own = since
        end = later(draw, own)
        if until and (not end or at(end) > at(until)):
            end = until
    article = draw(one_of("1", "2", "3"))
    said = draw(PROVISIONS)
    return provision(**said, since=own, until=end, scope=draw(SCOPES), article=article)


@st.composite
def circulars(draw):
    """Return some circulars; later ones may amend or revoke earlier ones."""
    found = []
    for at_most, number in enumerate(draw(st.permutations("12345"))[: draw(st.integers(1, 5))]):
        since = draw(BEGINS)
        until = later(draw, since)
        last = f"{at(since) + timedelta(days=draw(st.integers(0, 9))):%Y-%m-%d}"
        what = draw(
            one_of(
                {"articles": ["1"]},
                {"extended_through": last},
                {"articles": ["2", "3"], "extended_through": last},
                {},
            )
        )
        others = st.lists(st.sampled_from(found or [None]), max_size=2, unique_by=id)
        found.append(
            circular(
                number,
                *draw(st.lists(provisions(since, until), min_size=1, max_size=4)),
                since=since,
                until=until,
                on=f"{at('2020-09-01') + timedelta(days=at_most // 3):%Y-%m-%d}",
                revokes=filter(None, draw(others) if draw(st.booleans()) else []),
                amends=[(other, what) for other in draw(others) if other],
                revoked_from=draw(st.none() | st.none() | BEGINS),
            )
        )
    return found


@st.composite
def closures(draw):
    found = []
    for number in range(draw(st.integers(0, 3))):
        since = draw(BEGINS)
        earliest = later(draw, since, open_end=False)
        found.append(
            closure(
                since,
                earliest=earliest,
                reopened=draw(one_of(None, earliest, later(draw, earliest, open_end=False))),
                stays_open=draw(st.lists(NARROW, max_size=2)),
                code=f"C{number}",
                **draw(
                    one_of(
                        *({"units": [unit]} for unit in UNITS),
                        {"units": ["31.71.01", "31.74"]},
                        *({"place": place} for place in PLACES),
                        *({"place": place, "floor": "1"} for place in PLACES),
                        *({"room": room} for room in ROOMS),
                    )
                ),
            )
        )
    return found


@st.composite
def zones(draw):
    begun = draw(
        st.lists(st.tuples(one_of("31", "31.71", "31.71.01"), BEGINS), max_size=4, unique=True)
    )
    return [
        zone(region, draw(one_of("high", "low", "none")), since, later(draw, since))
        for region, since in begun
    ]


@st.composite
def governments(draw):
    """Return an oracle that knows a government and its law."""
    units = tuple(
        UnitFact(
            code=path.strip("/").split("/")[-1],
            path=path,
            name=path,
            kind=kind,
            function="civil_registry" if "DUKCAPIL" in path else "government",
            region=path.strip("/").split("/")[-1].partition("-")[0],
            place=(place := draw(one_of("", *PLACES))),
            floor=draw(one_of("1", "2")) if place else "",
            hours=week(draw(st.sampled_from(WEEKS))),
        )
        for path, kind in TREE
    )
    rooms = tuple(
        RoomFact(
            code,
            draw(st.sampled_from(UNITS)),
            draw(st.sampled_from(PLACES)),
            draw(one_of("1", "2")),
            10,
        )
        for code in ROOMS
    )
    return Oracle(
        tuple(draw(circulars())),
        tuple(draw(closures())),
        tuple(draw(zones())),
        units,
        rooms,
        HOLIDAYS,
    )
