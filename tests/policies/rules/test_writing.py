"""What is written reads back as the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.kernel.texts import Text
from loket.policies.rules import parse
from loket.policies.rules.format import Circular
from loket.policies.rules.writing import as_yaml
from tests.policies.rules.samples import AMENDING, EXAMPLE, TIMELINE

WORDS = st.one_of(
    st.sampled_from(
        ["y", "No", "on", "null", "~", "1", "2020-03-17", "07:30-16:00", "- a", "#"]
    ),
    st.text(
        st.characters(exclude_categories=["C", "Z"], include_characters=" \n:'\""), min_size=1
    ).filter(lambda words: bool(words.strip()) and len(words) <= 300),
)
TEXTS = st.builds(Text, id=WORDS, en=WORDS)
SHARES = st.decimals(0, 1, places=4)
SCOPES = st.fixed_dictionaries(
    {},
    optional={
        "units": st.lists(WORDS, max_size=3),
        "kinds": st.lists(st.sampled_from(["city", "village"]), max_size=2),
        "services": st.lists(WORDS, max_size=2),
        "zone": st.fixed_dictionaries(
            {"scheme": WORDS, "values": st.lists(WORDS, min_size=1, max_size=2)}
        ),
    },
)
KINDS = st.one_of(
    st.fixed_dictionaries({"kind": st.just("room"), "max_share": SHARES}),
    st.fixed_dictionaries({"kind": st.just("attendance"), "min_share": SHARES}),
    st.fixed_dictionaries(
        {"kind": st.just("protocol"), "temperature_max": st.decimals(35, 42, places=1)}
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("hours"),
            "hours": st.dictionaries(
                st.sampled_from(["monday", "every_day"]),
                st.lists(st.just("07:30-16:00"), max_size=1),
                min_size=1,
            ),
        }
    ),
)
PROVISIONS = st.builds(
    lambda kind, article, scope, words: {
        **kind, "article": article, "scope": scope, "words": words
    },
    KINDS, WORDS, SCOPES, st.none() | TEXTS,
)  # fmt: skip
ENDS = st.sampled_from(
    [{"through": "2020-03-31"}, {"to": "2020-04-01T13:00+07:00"}, {"until_evaluated": True}]
)
CIRCULARS = st.builds(
    lambda issuer, number, title, end, basis, provisions: Circular.model_validate(
        {
            "format": 1, "issuer": issuer, "number": number, "date": date(2020, 3, 16),
            "title": title, "effective": {"from": "2020-03-17", **end},
            "legal_basis": basis, "provisions": provisions,
        }
    ),
    WORDS, WORDS, TEXTS, ENDS, st.lists(WORDS, max_size=2),
    st.lists(PROVISIONS, min_size=1, max_size=3),
)  # fmt: skip


@pytest.mark.parametrize("text", [EXAMPLE, AMENDING])
def test_the_circulars_of_the_manual_read_back(text: str) -> None:
    circular = parse.load_circular(text, name="x.yaml")
    written = as_yaml(circular)
    assert parse.load_circular(written, name="y.yaml") == circular
    assert as_yaml(parse.load_circular(written, name="y.yaml")) == written


def test_the_timeline_of_the_manual_reads_back() -> None:
    timeline = parse.load_timeline(TIMELINE, name="x.yaml")
    assert parse.load_timeline(as_yaml(timeline), name="y.yaml") == timeline


@settings(max_examples=60, deadline=None)
@given(CIRCULARS)
def test_any_circular_reads_back(circular: Circular) -> None:
    assert parse.load_circular(as_yaml(circular), name="x.yaml") == circular


def test_it_is_written_as_people_write_it() -> None:
    circular = parse.load_circular(AMENDING, name="x.yaml")
    assert Decimal("0.5") == circular.provisions[2].max_share
    written = as_yaml(circular)
    assert written.startswith(
        "format: 1\nissuer: Sekretaris Daerah Provinsi DKI Jakarta\nnumber: 62/SE/2020\n"
        "date: 2020-09-02\n"
    )
    assert "  kind: attendance\n  min_share: 50%\n" in written
