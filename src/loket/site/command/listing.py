"""Lists that are too long to be printed: written to a file."""

from __future__ import annotations

import csv
from pathlib import Path

from loket.policies.models import Simulation
from loket.policies.rules.lists import MovedCase, unpacked


def moved_cases(simulation: Simulation, path: Path) -> None:
    """Write every case whose due date a simulation moves as CSV, by unit and code."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(MovedCase._fields)
        writer.writerows(unpacked(bytes(simulation.cases_gz or b"")))
