from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.messaging.rules import sms
from loket.messaging.rules.sms import Size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", Size("GSM-7", 0, 1)),
        ("a" * 160, Size("GSM-7", 160, 1)),
        ("a" * 161, Size("GSM-7", 161, 2)),
        ("a" * 306, Size("GSM-7", 306, 2)),
        ("a" * 307, Size("GSM-7", 307, 3)),
        ("€" * 80, Size("GSM-7", 160, 1)),
        ("€" * 81, Size("GSM-7", 162, 2)),
        # An escaped sign is not cut in two: the first part holds 76 of them, not 76 and a half.
        ("€" * 153, Size("GSM-7", 306, 3)),
        ("ü" * 160, Size("GSM-7", 160, 1)),
        ("ş" * 70, Size("UCS-2", 70, 1)),
        ("ş" * 71, Size("UCS-2", 71, 2)),
        ("😀" * 35, Size("UCS-2", 70, 1)),
        ("😀" * 67, Size("UCS-2", 134, 3)),
        ("`", Size("UCS-2", 1, 1)),
    ],
)
def test_size_counts_signs_as_networks_do(text, size):
    assert sms.size(text) == size


def test_plain_replaces_signs_that_would_halve_what_fits():
    assert sms.plain("“Akta” – siap…\u00a0’ya’") == "\"Akta\" - siap... 'ya'"


@given(st.text(max_size=400))
def test_parts_hold_the_whole_text(text):
    size = sms.size(text)
    alone, joined = (160, 153) if size.alphabet == "GSM-7" else (70, 67)
    assert (size.parts == 1) == (size.units <= alone)
    if size.parts > 1:
        assert (size.parts - 1) * (joined - 1) < size.units <= size.parts * joined
