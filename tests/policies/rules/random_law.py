"""Any circulars, closures and zones whatever, within some weeks of 2020."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from loket.policies.rules import ending
from loket.policies.rules.facts import Effect
from loket.policies.rules.resolving import Book
from tests.policies.rules.law import (
    CITY,
    COUNTER,
    DISTRICT,
    HOLIDAYS,
    JAKARTA,
    PROVINCE,
    ROOM,
    ROOMS,
    UNITS,
    VILLAGE,
    at,
    circular,
    closure,
    provision,
    zone,
)

START = at("2020-03-16")
LENGTH = 28
ASKED = (PROVINCE, CITY, VILLAGE, COUNTER, "31-DUKCAPIL")
SERVICES = ("", "ktp-new")
ROOMS_ASKED = ("", ROOM)

days = st.integers(0, LENGTH).map(lambda n: f"{START + timedelta(days=n):%Y-%m-%d}")
hours = st.sampled_from(["", " 10:00", " 12:30", " 17:00"])
moments = st.builds(lambda day, hour: at(day + hour), days, hours)
# Early beginnings and late ends, so that much is in force at once.
begins = st.integers(0, 9).map(lambda n: f"{START + timedelta(days=n):%Y-%m-%d}")
periods = st.tuples(begins, st.none() | st.integers(4, 20)).map(
    lambda pair: (
        pair[0],
        pair[1] and f"{at(pair[0]) + timedelta(days=pair[1]):%Y-%m-%d}",
    )
)
narrow = (
    {"units": [PROVINCE]},
    {"units": [CITY]},
    {"units": [DISTRICT]},
    {"units": [VILLAGE]},
    {"units": [CITY, VILLAGE]},
    {"kinds": ["village"]},
    {"functions": ["government"]},
    {"place": "B-31.71"},
    {"place": "B-1001"},
    {"room": ROOM},
    {"services": ["ktp-new"]},
    {"zone": {"scheme": "covid_zone", "values": ["high"]}},
    {"except_units": [CITY]},
    {"except_units": [VILLAGE]},
)
scopes = st.one_of(
    st.sampled_from(({}, *narrow)),
    st.tuples(st.sampled_from(narrow), st.sampled_from(narrow)).map(lambda p: p[0] | p[1]),
)
shares = st.sampled_from(["0%", "25%", "50%", "100%"])
STATES = ("open", "limited", "online_only", "closed")
WAYS = (["web"], ["counter", "web"], ["counter"], ["web", "phone"])
said = st.one_of(
    st.fixed_dictionaries({"kind": st.just("counters"), "state": st.sampled_from(STATES)}),
    st.fixed_dictionaries({"kind": st.just("counters"), "state": st.sampled_from(STATES)}),
    st.fixed_dictionaries({"kind": st.just("room"), "max_share": shares}),
    st.fixed_dictionaries({"kind": st.just("attendance"), "min_share": shares}),
    st.fixed_dictionaries({"kind": st.just("attendance"), "max_share": shares}),
    st.fixed_dictionaries({"kind": st.just("attendance"), "max_share_concurrent": shares}),
    st.fixed_dictionaries(
        {
            "kind": st.just("hours"),
            "hours": st.sampled_from(
                [{"every_day": ["08:00-12:00"]}, {"monday": []}, {"friday": ["09:00-11:00"]}]
            ),
        }
    ),
    st.fixed_dictionaries({"kind": st.just("channels"), "channels": st.sampled_from(WAYS)}),
    st.fixed_dictionaries({"kind": st.just("suspension")}),
    st.fixed_dictionaries({"kind": st.just("clock"), "suspended": st.just(True)}),
    st.fixed_dictionaries({"kind": st.just("clock"), "extended_by": st.integers(1, 3)}),
    st.fixed_dictionaries(
        {
            "kind": st.just("excused"),
            "groups": st.sampled_from([["pregnant"], ["elderly", "sick"]]),
        }
    ),
    st.fixed_dictionaries({"kind": st.just("protocol"), "mask": st.booleans()}),
)
provisions = st.lists(
    st.builds(
        lambda what, scope, article: provision(**what, scope=scope, article=str(article)),
        said,
        scopes,
        st.integers(1, 3),
    ),
    min_size=2,
    max_size=5,
)


@st.composite
def circulars(draw, most=5):
    """Some circulars, of which later ones may revoke or amend earlier ones."""
    found = []
    for number in range(draw(st.integers(2, most))):
        since, until = draw(periods)
        others = st.lists(st.sampled_from(found), max_size=1) if found else st.just([])
        what = draw(st.sampled_from([{"articles": ["1"]}, {"extended_through": "2020-04-05"}]))
        found.append(
            circular(
                str(number),
                *draw(provisions),
                since=since,
                until=until,
                on=draw(st.sampled_from(["2020-03-10", "2020-03-11"])),
                revokes=draw(others),
                amends=[(other, what) for other in draw(others)],
                revoked_from=draw(st.sampled_from([None, None, None, "2020-03-28"])),
            )
        )
    return found


@st.composite
def closures(draw, most=2):
    """Some closures, open or not."""
    found = []
    for number in range(draw(st.integers(1, most))):
        since = draw(begins)
        earliest = f"{at(since) + timedelta(days=draw(st.integers(2, 9))):%Y-%m-%d}"
        scope = draw(
            st.sampled_from(
                [{"units": [CITY]}, {"units": [VILLAGE]}, {"place": "B-31.71"}, {"room": ROOM}]
            )
        )
        inside = draw(
            st.sampled_from([[], [{"services": ["ktp-new"]}], [{"units": [VILLAGE]}]])
        )
        found.append(
            closure(
                since,
                earliest=earliest,
                reopened=draw(st.sampled_from([None, f"{earliest} 12:00"])),
                stays_open=inside,
                code=f"C{number}",
                **scope,
            )
        )
    return found


@st.composite
def zones(draw):
    """Some zones, none of which begins with another in one region."""
    begun = draw(
        st.lists(
            st.tuples(st.sampled_from([PROVINCE, CITY, DISTRICT]), periods),
            max_size=6,
            unique_by=lambda pair: (pair[0], pair[1][0]),
        )
    )
    values = st.sampled_from(["high", "low"])
    return [zone(region, draw(values), *period) for region, period in begun]


@st.composite
def laws(draw):
    """Return effects and zones."""
    effects = ending.effects(
        circulars=draw(circulars()), closures=draw(closures()), zone=JAKARTA
    )
    return list(effects), draw(zones())


def book_of(effects: list[Effect], declared, units=UNITS, rooms=ROOMS) -> Book:
    return Book.build(
        effects=effects, units=units, rooms=rooms, zones=declared, calendars={"": HOLIDAYS}
    )
