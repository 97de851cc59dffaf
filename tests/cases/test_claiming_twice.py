"""A double click claims once."""

from loket.cases import queries
from loket.cases import services as cases
from loket.journal.models import Entry


def test_two_claims_of_one_officer_are_one_entry(case, budi, at):
    seen_twice = [queries.get(code=case.code, actor=budi) for _ in range(2)]
    for seen in seen_twice:
        cases.claim(case=seen, actor=budi, at=at)
    claimed = Entry.objects.filter(name="case.claimed", subject=case.subject)
    assert claimed.count() == 1
    assert {seen.holder_id for seen in seen_twice} == {queries.drafts.account_id(budi)}
