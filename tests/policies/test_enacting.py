"""Simulate, then enact: the same thing twice, the first time undone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Change, Circular, Edition, Simulation
from tests.conftest import employ
from tests.factories import organisation
from tests.factories import policies as factory

POINT = "31.74.04.1003-DUKCAPIL"
THERE = "31.73.01.1001-DUKCAPIL"


def contents(*without: str) -> dict[str, list[dict]]:
    """Return every row of every table."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in without
    }


def moments(*days: str) -> list[datetime]:
    return [datetime.fromisoformat(f"{day}:00+07:00") for day in days]


SAMPLES = moments(
    "2026-03-06T10:00", "2026-03-09T00:00", "2026-03-10T10:00", "2026-03-20T23:59",
    "2026-03-21T00:00", "2026-03-30T10:00",
)  # fmt: skip


def answers() -> list[dict]:
    return [
        queries.answer_json(queries.in_force(unit=unit, at=moment))
        for unit in (POINT, THERE, "31.74", "31")
        for moment in SAMPLES
    ]


def test_a_simulation_changes_nothing_but_its_own_record(eka, at):
    row = factory.draft(actor=eka, at=at)
    before, told = contents("policies.Simulation", "journal.Entry"), Entry.objects.count()

    made = policies.simulate(circular=row, actor=eka, at=at)

    assert contents("policies.Simulation", "journal.Entry") == before
    assert list(Simulation.objects.all()) == [made]
    added = Entry.objects.order_by("id")[told:]
    assert [(e.name, e.subject, e.actor) for e in added] == [
        ("circular.simulated", row.subject, eka.ref)
    ]
    assert (made.edition, made.circular_revision) == (queries.edition(), 1)


WRITTEN = [
    factory.written(),
    factory.written({"kind": "counters", "state": "closed", "article": "1"}),
    factory.written(
        factory.ONLINE, effective={"from": date(2026, 3, 9), "until_evaluated": True}
    ),
    factory.written({**factory.ONLINE, "scope": {"units": [POINT]}}),
    factory.written({"kind": "hours", "article": "2", "hours": {"every_day": ["08:00-13:30"]}}),
    factory.written({"kind": "room", "article": "3", "max_share": "50%"}),
    factory.written({"kind": "clock", "article": "4", "suspended": True}),
    factory.written({"kind": "channels", "article": "5", "channels": ["web", "whatsapp"]}),
]


@pytest.mark.parametrize("circular", WRITTEN, ids=lambda c: c.provisions[0].kind)
def test_the_enactment_does_what_the_simulation_showed(eka, gita, dewi, at, circular):
    row = factory.draft(circular, actor=eka, at=at)
    made = policies.simulate(circular=row, actor=eka, at=at)

    policies.enact(circular=row, simulation=made, actor=gita, at=at)

    did = Change.objects.get(number=made.edition + 1)
    assert (did.kind, did.subject, did.actor_name) == ("enacted", row.subject, "Gita Permata")
    assert did.impact["offices"]["rows"] == made.impact["offices"]["rows"]
    assert did.impact["offices"]["by_day"] == made.impact["offices"]["by_day"]
    assert did.impact == made.impact
    assert queries.changes(row.subject) == [did]


def test_an_enacted_circular_is_law_from_its_first_moment_to_its_last(eka, gita, at):
    factory.enact(author=eka, actor=gita, at=at)

    states = [queries.in_force(unit=POINT, at=at).counters.state.value for at in SAMPLES]

    assert states == ["open", "online_only", "online_only", "online_only", "open", "open"]
    entry = Entry.objects.get(name="circular.enacted")
    assert (entry.actor, entry.facts["scopes"], entry.facts["edition"]) == (
        gita.ref, ["/31/"], queries.edition(),
    )  # fmt: skip


def test_whoever_wrote_it_does_not_enact_it(eka, gita, at):
    by_gita = factory.draft(actor=gita, at=at)
    made = policies.simulate(circular=by_gita, actor=gita, at=at)

    with pytest.raises(NotAllowed):
        policies.enact(circular=by_gita, simulation=made, actor=gita, at=at)
    by_gita.refresh_from_db()
    assert by_gita.state == "draft"


def test_who_may_not_enact_is_refused_and_may_not_look(eka, gita, dewi, citra, at):
    row = factory.draft(actor=eka, at=at)
    made = policies.simulate(circular=row, actor=gita, at=at)

    for actor in (eka, dewi, citra, Actor.visitor()):
        with pytest.raises(NotAllowed):
            policies.enact(circular=row, simulation=made, actor=actor, at=at)
    for actor in (dewi, citra, Actor.visitor()):
        with pytest.raises(NotAllowed):
            policies.simulate(circular=row, actor=actor, at=at)
    assert Edition.objects.get().number == made.edition


def test_who_ever_wrote_on_a_draft_may_not_enact_it(eka, gita, offices, at):
    hana = employ("hana", "Hana", Unit.objects.get(code="31"), "executive", "Sekda", at)
    row = factory.draft(actor=gita, at=at)
    policies.rewrite(
        circular=row, definition=factory.written(source="Satu koma"), revision=1,
        actor=eka, at=at,
    )  # fmt: skip
    made = policies.simulate(circular=row, actor=eka, at=at)

    with pytest.raises(NotAllowed):
        policies.enact(circular=row, simulation=made, actor=gita, at=at)
    assert policies.enact(
        circular=row, simulation=made, actor=hana, at=at
    ).enacted_by_ref == hana.ref  # fmt: skip


def test_a_circular_that_began_needs_a_reason_and_shows_it(eka, gita, at):
    past = factory.written(effective={"from": date(2026, 2, 23), "through": date(2026, 3, 20)})
    row = factory.draft(past, actor=eka, at=at)
    made = policies.simulate(circular=row, actor=eka, at=at)
    assert made.impact["retroactive"] is True
    with pytest.raises(Invalid) as refusal:
        policies.enact(circular=row, simulation=made, actor=gita, at=at)
    assert list(refusal.value.fields) == ["retroactive_reason"]

    law = policies.enact(
        circular=row, simulation=made, retroactive_reason=" Banjir ", actor=gita, at=at
    )

    assert law.retroactive_reason == "Banjir"


def test_a_reason_is_not_kept_where_none_is_needed(eka, gita, at):
    law = factory.enact(author=eka, actor=gita, at=at, reason="Salah paham")

    assert law.retroactive_reason == ""


def test_a_simulation_made_stale_by_another_enactment_is_said_so(eka, gita, at):
    first = factory.draft(actor=eka, at=at)
    seen = policies.simulate(circular=first, actor=eka, at=at)
    other = factory.enact(factory.written(number="other"), author=eka, actor=gita, at=at)

    with pytest.raises(Conflict) as refusal:
        policies.enact(circular=first, simulation=seen, actor=gita, at=at)

    assert str(refusal.value) == (
        f"The rules changed since this was simulated: {other} was enacted by Gita Permata. "
        "Simulate again and look at the result first."
    )
    assert [c.label for c in queries.changes_since(seen.edition)] == [str(other)]
    again = policies.simulate(circular=first, actor=eka, at=at)
    assert (
        policies.enact(circular=first, simulation=again, actor=gita, at=at).state == "enacted"
    )


def test_a_simulation_is_stale_when_an_office_changed(eka, gita, offices, at):
    row = factory.draft(actor=eka, at=at)
    seen = policies.simulate(circular=row, actor=eka, at=at)
    organisation.organisation.set_hours(
        unit=offices, hours={"0": [["09:00", "12:00"]]}, actor=organisation.system(), at=at
    )

    with pytest.raises(Conflict) as refusal:
        policies.enact(circular=row, simulation=seen, actor=gita, at=at)

    assert f"offices or calendars changed: {POINT}" in str(refusal.value)


def test_a_simulation_of_another_text_does_not_count(eka, gita, at):
    row = factory.draft(actor=eka, at=at)
    seen = policies.simulate(circular=row, actor=eka, at=at)
    policies.rewrite(
        circular=row, definition=factory.written(source="baru"), revision=1, actor=eka, at=at
    )
    assert queries.simulation(row) is None
    with pytest.raises(Conflict):
        policies.enact(circular=row, simulation=seen, actor=gita, at=at)

    other = factory.draft(factory.written(number="9"), actor=eka, at=at)
    of_other = policies.simulate(circular=other, actor=eka, at=at)
    with pytest.raises(Conflict):
        policies.enact(circular=row, simulation=of_other, actor=gita, at=at)


def test_what_is_enacted_is_not_enacted_or_simulated_again(eka, gita, at):
    row = factory.draft(actor=eka, at=at)
    stale = Circular.objects.get(pk=row.pk)
    made = policies.simulate(circular=row, actor=eka, at=at)
    policies.enact(circular=row, simulation=made, actor=gita, at=at)

    with pytest.raises(Conflict):
        policies.simulate(circular=stale, actor=eka, at=at)
    with pytest.raises(Conflict):
        policies.enact(circular=stale, simulation=made, actor=gita, at=at)
    assert Change.objects.filter(kind="enacted").count() == 1


def test_a_refused_enactment_leaves_nothing_behind(eka, gita, at, monkeypatch):
    row = factory.draft(actor=eka, at=at)
    made = policies.simulate(circular=row, actor=eka, at=at)
    before = contents()
    monkeypatch.setattr("loket.policies.services.impact._readers", {"x": lambda *_: 1 / 0})

    with pytest.raises(ZeroDivisionError):
        policies.enact(circular=row, simulation=made, actor=gita, at=at)

    assert contents() == before
    assert queries.in_force(unit=POINT, at=SAMPLES[2]).counters.state.value == "open"


def test_revocation_puts_things_back_from_its_moment(eka, gita, at):
    before = answers()
    law = factory.enact(author=eka, actor=gita, at=at)
    middle = datetime(2026, 3, 12, 17, tzinfo=UTC)

    policies.revoke(circular=law, revoked_from=middle, reason="Selesai", actor=gita, at=at)

    after = answers()
    for now, was in zip(after, before, strict=True):
        if datetime.fromisoformat(now["at"]) >= middle:
            assert now == was
        elif datetime.fromisoformat(now["at"]) >= law.starts_at:
            assert now["counters"]["state"] == "online_only"
            [because] = now["counters"]["because"]["state"]
            assert because["circular"] == str(law)
            assert because["period"]["to"] == "2026-03-13T00:00:00+07:00"


def test_a_circular_revoked_from_its_beginning_leaves_no_trace_in_the_answers(eka, gita, at):
    before = answers()
    law = factory.enact(author=eka, actor=gita, at=at)

    policies.revoke(circular=law, revoked_from=at, reason="Keliru", actor=gita, at=at)

    assert answers() == before
    law.refresh_from_db()
    assert (law.state, law.revoked_from, law.revoked_reason) == ("enacted", at, "Keliru")
    assert queries.effective_ends() == {law.code: at}


def test_what_a_circular_had_ended_comes_back_only_if_it_never_began(eka, gita, at):
    first = factory.enact(author=eka, actor=gita, at=at)
    ended = {"issuer": first.issuer, "number": first.number, "date": first.date}
    second = factory.enact(
        factory.written(
            number="2", revokes=[ended], provisions=[],
            effective={"from": date(2026, 3, 11), "through": date(2026, 3, 13)},
        ),
        author=eka, actor=gita, at=at,
    )  # fmt: skip

    def states():
        hours = ("2026-03-10T10:00", "2026-03-12T10:00", "2026-03-16T10:00")
        found = [queries.in_force(unit=POINT, at=moment) for moment in moments(*hours)]
        return [one.counters.state.value for one in found]

    assert states() == ["online_only", "open", "open"]
    policies.revoke(
        circular=second, revoked_from=second.starts_at, reason="Keliru", actor=gita, at=at
    )
    assert states() == ["online_only"] * 3


def test_revocation_needs_a_reason_a_right_and_something_to_revoke(eka, gita, dewi, at):
    row = factory.draft(actor=eka, at=at)
    later = at + timedelta(days=9)
    with pytest.raises(Conflict):
        policies.revoke(circular=row, revoked_from=later, reason="x", actor=gita, at=at)
    made = policies.simulate(circular=row, actor=eka, at=at)
    law = policies.enact(circular=row, simulation=made, actor=gita, at=at)
    for actor in (eka, dewi, Actor.visitor()):
        with pytest.raises(NotAllowed):
            policies.revoke(circular=law, revoked_from=later, reason="x", actor=actor, at=at)
    with pytest.raises(Invalid):
        policies.revoke(circular=law, revoked_from=later, reason=" ", actor=gita, at=at)
    after = datetime(2026, 3, 21, tzinfo=UTC)
    with pytest.raises(Invalid):
        policies.revoke(circular=law, revoked_from=after, reason="x", actor=gita, at=at)
    policies.revoke(circular=law, revoked_from=later, reason="x", actor=gita, at=at)
    with pytest.raises(Conflict):
        policies.revoke(circular=law, revoked_from=later, reason="x", actor=gita, at=at)


def test_a_revocation_is_tried_out_without_doing_it(eka, gita, at):
    law = factory.enact(author=eka, actor=gita, at=at)
    before = contents()
    act = {"circular": law, "revoked_from": at, "reason": "Selesai", "actor": gita, "at": at}

    shown = policies.preview_revocation(**act)

    assert contents() == before
    policies.revoke(**act)
    assert Change.objects.latest("number").impact == shown
    changes = {(row["was"], row["now"]) for row in shown["offices"]["rows"]}
    assert changes == {("online_only", "open")}


def test_a_revocation_that_was_seen_on_another_law_is_refused(eka, gita, at):
    law = factory.enact(author=eka, actor=gita, at=at)
    act = {"circular": law, "revoked_from": at, "reason": "Selesai", "actor": gita, "at": at}
    seen = policies.preview_revocation(**act)["edition"] - 1
    factory.enact(factory.written(number="03/SE/2026"), author=eka, actor=gita, at=at)

    with pytest.raises(Conflict, match="03/SE/2026"):
        policies.revoke(**act, seen=seen)

    policies.revoke(**act, seen=seen + 1)
