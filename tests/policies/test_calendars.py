"""When holidays change, the days that are counted change with them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from loket.kernel.access import Actor
from loket.organisation import services as organisation
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies.models import Change

pytestmark = pytest.mark.django_db


def test_a_holiday_of_one_unit_begins_an_edition_for_what_is_below_it(
    kelurahan: Unit, system: Actor, at: datetime
) -> None:
    before = queries.edition()
    organisation.set_day(
        on=date(2026, 3, 4),
        kind="local_holiday",
        name="Pemilihan ulang",
        source="Kepgub",
        unit=kelurahan,
        actor=system,
        at=at,
    )
    change = Change.objects.get(number=before + 1)
    assert (change.kind, change.scopes, change.label) == (
        "organisation",
        [kelurahan.path],
        "Pemilihan ulang (2026-03-04)",
    )
