"""A circular while it is written: saved, rewritten, discarded, refused."""

from datetime import UTC, date, datetime

import pytest

from loket.files.models import StoredFile
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Circular, Provision
from tests.factories import files as papers
from tests.factories import policies as factory

POINT = "31.74.04.1003-DUKCAPIL"


def test_a_draft_keeps_what_was_written(eka, at):
    row = factory.draft(actor=eka, at=at)

    assert (row.state, row.revision, row.author_ref) == ("draft", 1, eka.ref)
    assert row.starts_at == datetime(2026, 3, 8, 17, tzinfo=UTC)
    assert row.ends_at == datetime(2026, 3, 20, 17, tzinfo=UTC)
    assert row.scopes == ["/31/"]
    assert str(row) == "Gubernur DKI Jakarta 02/SE/2026 (02-03-2026)"
    provision = Provision.objects.get()
    assert (provision.kind, provision.article) == ("counters", "1")
    assert (provision.params, provision.scope) == ({"state": "online_only"}, {})
    assert (provision.starts_at, provision.ends_at) == (row.starts_at, row.ends_at)
    assert Entry.objects.get(subject=row.subject).name == "circular.drafted"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"summary": {"id": "Ringkas", "en": "Short"}, "legal_basis": ["UU 24/2007"]},
        {"effective": {"from": date(2026, 3, 9), "until_evaluated": True}},
        {"effective": {"from": datetime(2026, 3, 9, 3, tzinfo=UTC), "to": date(2026, 4, 1)}},
    ],
)
def test_what_was_written_reads_the_same_again(eka, at, changes):
    hours = {"friday": ["08:00-11:30", "13:00-15:00"], "every_day": ["08:00-13:30"]}
    circular = factory.written(
        factory.ONLINE,
        {"kind": "room", "article": "2", "max_share": "25%", "scope": {"units": [POINT]}},
        {"kind": "hours", "article": "3", "hours": hours},
        {
            "kind": "excused", "article": "4", "groups": ["elderly"], "elderly_from": 60,
            "words": {"id": "Lansia di rumah", "en": "The elderly stay home"},
            "period": {"from": date(2026, 3, 10), "to": date(2026, 3, 12)},
        },
        {"kind": "protocol", "article": "5", "mask": True, "temperature_max": "37.3"},
        **changes,
    )  # fmt: skip
    row = factory.draft(circular, actor=eka, at=at)

    read = queries.as_circular(queries.get(code=row.code, actor=eka))

    assert read.provisions[:3] == circular.provisions[:3]
    again = factory.draft(
        factory.written(**{**read.model_dump(by_alias=True), "number": "again"}),
        actor=eka, at=at,
    )  # fmt: skip
    same = ("starts_at", "ends_at", "legal_basis", "summary_id", "scopes")
    assert [getattr(again, name) for name in same] == [getattr(row, name) for name in same]
    rows = [
        list(
            one.provisions.order_by("place").values_list(
                "kind", "article", "scope", "params", "starts_at", "ends_at", "words_en",
                "has_own_period",
            )
        )
        for one in (row, again)
    ]  # fmt: skip
    assert rows[0] == rows[1]


def test_units_that_do_not_exist_are_refused_at_their_place(eka, at):
    circular = factory.written({**factory.ONLINE, "scope": {"units": ["31.99"]}})

    with pytest.raises(Invalid) as refusal:
        factory.draft(circular, actor=eka, at=at)

    assert list(refusal.value.fields) == ["provisions[0].scope.units[0]"]
    assert Circular.objects.count() == 0


def test_references_to_what_is_not_law_are_refused(eka, at):
    factory.draft(actor=eka, at=at)
    ended = {"issuer": factory.ISSUER, "number": "02/SE/2026", "date": date(2026, 3, 2)}

    with pytest.raises(Invalid) as refusal:
        factory.draft(factory.written(number="3", revokes=[ended]), actor=eka, at=at)

    assert list(refusal.value.fields) == ["revokes[0]"]


def test_nobody_writes_for_units_above_his_own(dewi, eka, citra, at):
    mine = factory.written({**factory.ONLINE, "scope": {"units": [POINT]}})

    for actor in (dewi, citra, Actor.visitor()):
        with pytest.raises(NotAllowed):
            factory.draft(mine, actor=actor, at=at)
    assert Circular.objects.count() == 0


def test_one_circular_is_on_record_once_until_it_is_discarded(eka, at):
    first = factory.draft(actor=eka, at=at)
    with pytest.raises(Conflict) as refusal:
        factory.draft(actor=eka, at=at)
    assert str(refusal.value) == f"{first} is on record already."

    policies.discard(circular=first, actor=eka, at=at)
    factory.draft(actor=eka, at=at)

    assert sorted(Circular.objects.values_list("state", flat=True)) == ["discarded", "draft"]


def test_rewriting_replaces_all_of_it(eka, at):
    row = factory.draft(actor=eka, at=at)
    seen = queries.get(code=row.code, actor=eka)
    changed = factory.written(
        {"kind": "room", "article": "9", "max_share": "50%", "scope": {"units": [POINT]}},
        number="03/SE/2026",
    )

    after = policies.rewrite(circular=seen, definition=changed, revision=1, actor=eka, at=at)

    assert (after.revision, after.number) == (2, "03/SE/2026")
    assert after.scopes == [queries.book().units[POINT].path]
    kinds = Provision.objects.filter(circular=row).values_list("kind", flat=True)
    assert list(kinds) == ["room"]
    assert queries.as_circular(after).provisions == changed.provisions


def test_of_two_who_rewrite_one_revision_the_second_is_told(eka, gita, at):
    row = factory.draft(actor=eka, at=at)
    policies.rewrite(
        circular=queries.get(code=row.code, actor=gita),
        definition=factory.written(source="Dari Gita"), revision=1, actor=gita, at=at,
    )  # fmt: skip

    with pytest.raises(Conflict) as refusal:
        policies.rewrite(
            circular=row, definition=factory.written(source="Dari Eka"), revision=1,
            actor=eka, at=at,
        )  # fmt: skip

    assert "Gita Permata" in str(refusal.value)
    row.refresh_from_db()
    assert (row.source, row.author_ref) == ("Dari Gita", gita.ref)


def test_a_draft_is_rewritten_and_discarded_only_while_it_is_one(eka, gita, at):
    row = factory.enact(author=eka, actor=gita, at=at)

    with pytest.raises(Conflict):
        policies.rewrite(
            circular=row, definition=factory.written(), revision=1, actor=eka, at=at
        )
    with pytest.raises(Conflict):
        policies.discard(circular=row, actor=eka, at=at)
    row.refresh_from_db()
    assert row.state == "enacted"


def test_the_signed_paper_is_kept_and_goes_with_the_draft(eka, at):
    paper = policies.Paper(name="se.pdf", data=papers.pdf())
    row = policies.draft(circular=factory.written(), file=paper, actor=eka, at=at)
    assert StoredFile.objects.get().owner == row.subject

    policies.rewrite(circular=row, definition=factory.written(), revision=1, actor=eka, at=at)
    row.refresh_from_db()
    assert row.file == StoredFile.objects.get()

    policies.rewrite(
        circular=row, definition=factory.written(), revision=2, file=paper, actor=eka, at=at
    )
    row.refresh_from_db()
    assert row.file == StoredFile.objects.get()

    policies.discard(circular=row, actor=eka, at=at)
    assert StoredFile.objects.count() == 0


def test_only_a_pdf_is_a_circular(eka, at):
    paper = policies.Paper(name="se.png", data=papers.png())

    with pytest.raises(Invalid) as refusal:
        policies.draft(circular=factory.written(), file=paper, actor=eka, at=at)

    assert list(refusal.value.fields) == ["file"]
    assert (StoredFile.objects.count(), Circular.objects.count()) == (0, 0)


def test_a_draft_is_seen_by_those_it_is_for(eka, gita, dewi, citra, at):
    wide = factory.draft(actor=eka, at=at)
    scope = {"units": [POINT]}
    narrow = factory.draft(
        factory.written({**factory.ONLINE, "scope": scope}, number="7"), actor=eka, at=at
    )

    def seen(actor):
        return [row.number for row in queries.circulars(actor=actor)]

    assert seen(eka) == seen(gita) == ["7", "02/SE/2026"]
    assert seen(dewi) == ["7"]
    assert seen(citra) == seen(Actor.visitor()) == []
    assert queries.get(code=narrow.code, actor=dewi) == narrow
    for actor in (dewi, citra, Actor.visitor()):
        with pytest.raises(NotFound):
            queries.get(code=wide.code, actor=actor)


def test_a_visitor_sees_what_is_enacted_and_nothing_else(eka, gita, at):
    law = factory.enact(author=eka, actor=gita, at=at)
    factory.draft(factory.written(number="draft"), actor=eka, at=at)
    gone = factory.draft(factory.written(number="gone"), actor=eka, at=at)
    policies.discard(circular=gone, actor=eka, at=at)
    visitor = Actor.visitor()

    assert queries.circulars(actor=visitor) == [law]
    assert queries.circulars(actor=visitor, state="draft") == []
    assert queries.get(code=law.code, actor=visitor) == law
    codes = Circular.objects.values_list("code", flat=True)
    assert queries.citations(codes) == {law.code: str(law)}


def test_sets_are_kept_in_one_order_however_they_were_written(eka, at):
    ticked = {
        "kind": "channels", "article": "2", "channels": ["whatsapp", "web", "whatsapp"],
        "scope": {"units": ["31.74", "31.73"], "kinds": ["village", "city"]},
    }  # fmt: skip
    row = factory.draft(factory.written(ticked), actor=eka, at=at)
    (kept,) = queries.as_circular(row).provisions
    assert (kept.channels, kept.scope.units, kept.scope.kinds) == (
        ("web", "whatsapp"),
        ("31.73", "31.74"),
        ("city", "village"),
    )
