"""What was decided about a case as it was does not hold for what became of it."""

from datetime import timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.kernel.errors import Conflict

NIK = {"child_nik": "3174045002260001"}


def verified(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    return cases.move(case=case, action="verify", fields=NIK, actor=budi, at=at)


def test_case_that_came_back_must_be_looked_at_again(case, budi, dewi, at):
    verified(case, budi, at)
    seen = queries.get(code=case.code, actor=dewi)
    later = at + timedelta(minutes=5)
    cases.move(case=case, action="send_back", words="periksa", actor=dewi, at=later)
    verified(case, budi, later)
    with pytest.raises(Conflict):
        cases.move(case=seen, action="send_back", words="lagi", actor=dewi, at=later)
