"""``python -m bench``: measure everything and print one JSON document."""

from __future__ import annotations

import argparse
import json
import os
from importlib import import_module

from . import environment
from .figures import say

PARTS = (
    "submit", "status", "worklist", "pages", "law", "certificates", "uploads", "tracing",
    "rosters",
)  # fmt: skip


def main() -> None:
    """Measure what was asked for; progress goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--cases",
        type=int,
        default=int(os.getenv("LOKET_BENCH_CASES", "1000000")),
        help="how many cases are stored beforehand (default: 1000000, or LOKET_BENCH_CASES)",
    )
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    asked = parser.parse_args()
    say("Starting PostgreSQL and installing Loket …")
    environment.start()
    loading = import_module("bench.loading")
    loading.load(asked.cases)
    figures = []
    for part in asked.only:
        say(f"Measuring: {part} …")
        found = import_module(f"bench.parts.{part}").measure()
        for figure in found:
            say(f"  {figure.name}: {figure.value:.1f} {figure.unit} ({figure.aim})")
        figures += found
    print(json.dumps(
        {
            "cases": asked.cases,
            "machine": environment.described(),
            "figures": [figure.as_json() for figure in figures],
        },
        indent=1,
        ensure_ascii=False,
    ))  # fmt: skip


main()
