from __future__ import annotations

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from loket.documents.verifying import der


@given(st.lists(st.binary(max_size=400), max_size=5))
def test_what_an_encoder_writes_is_canonical(values):
    made = core.SequenceOf(values, spec=core.OctetString).dump()
    assert der.is_canonical(made)
    assert not der.is_canonical(made + b"\x00")
    assert not der.is_canonical(made[:-1])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x80\x00\x00",  # indefinite
        b"\x04\x81\x01a",  # long form where the short one does
        b"\x04\x82\x00\x80" + b"a" * 128,  # leading zero
        b"\x30\x03\x04\x05a",  # a child longer than its parent
        b"\x1f\x01\x00",  # a tag of several octets
        b"\x30\x02" * 40,  # too deep
    ],
)
def test_anything_else_is_not(data):
    assert not der.is_canonical(data)


@given(st.binary(max_size=200))
def test_is_canonical_never_raises(data):
    assert der.is_canonical(data) in (True, False)
