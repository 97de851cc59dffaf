from __future__ import annotations

import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.kernel.identifiers.masking import ScrubFilter, scrub

NIK = "3171015708450001"
MASKED = "3171********0001"


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        (NIK, MASKED),
        (f"NIK {NIK}, KK 3174040506120007.", f"NIK {MASKED}, KK 3174********0007."),
        (f"{NIK} {NIK}", f"{MASKED} {MASKED}"),
        ("3171 0157 0845 0001", MASKED),
        ("317101.570845.0001", MASKED),
        ("317101-570845-0001", MASKED),
        (f"nik={NIK}&x=1", f"nik={MASKED}&x=1"),
        (f"{{'nik': '{NIK}'}}", f"{{'nik': '{MASKED}'}}"),
        ("NIP 198609262015051001", "NIP 198609262015051001"),
        ("0811 0000 0001", "0811 0000 0001"),
        ("2026-03-02 09:00:00 4M9K2TQ-X", "2026-03-02 09:00:00 4M9K2TQ-X"),
        ("", ""),
    ],
)
def test_scrub_masks_numbers_of_sixteen_digits(text: str, scrubbed: str) -> None:
    assert scrub(text) == scrubbed


@given(st.text("0123456789", min_size=16, max_size=16), st.text("abc ,:{}\n"), st.text("xyz )"))
def test_scrub_leaves_no_such_number(number: str, before: str, after: str) -> None:
    scrubbed = scrub(f"{before}{number}{after}")
    assert scrubbed == f"{before}{number[:4]}********{number[-4:]}{after}"


@given(st.text())
def test_scrub_takes_any_text_and_twice_is_once(text: str) -> None:
    assert scrub(scrub(text)) == scrub(text)


def test_logs_hold_no_nik_in_a_trace_and_no_download_link() -> None:
    try:
        int(f"{NIK}x")
    except ValueError:
        trace = sys.exc_info()
    link = ("/d/Zk3-abcdefgh_IJKL0123456/",)
    record = logging.LogRecord("a", logging.ERROR, "b.py", 1, "failed: %s", link, trace)
    assert ScrubFilter().filter(record)
    lines = logging.Formatter().format(record).splitlines()
    assert lines[0] == "failed: /d/***/"
    assert lines[-1].endswith(f"'{MASKED}x'")


def test_logs_hold_no_address_of_a_calendar() -> None:
    line = "GET /calendar/Zk3-abcdefgh_IJKL0123456.ics 200"
    record = logging.LogRecord("a", logging.INFO, "b.py", 1, line, (), None)
    assert ScrubFilter().filter(record)
    assert record.getMessage() == "GET /calendar/***.ics 200"


def test_logs_hold_no_nik(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("tests.masking")
    scrubber = ScrubFilter()
    log.addFilter(scrubber)
    try:
        with caplog.at_level(logging.INFO, logger="tests.masking"):
            log.info("applied: %s (%d)", NIK, 3)
    finally:
        log.removeFilter(scrubber)
    assert caplog.messages == [f"applied: {MASKED} (3)"]
