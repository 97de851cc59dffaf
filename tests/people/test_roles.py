from __future__ import annotations

from loket.people.rules import roles


def test_officer_works_on_cases_of_the_unit():
    assert roles.grants("officer", scope="/31/") == {
        ("cases.view", "/31/"),
        ("cases.handle", "/31/"),
        ("documents.view", "/31/"),
    }


def test_staff_may_nothing_beyond_what_is_their_own():
    assert roles.PERMISSIONS["staff"] == frozenset()


def test_head_may_all_that_an_officer_may_and_signs_and_plans():
    more = roles.PERMISSIONS["head"] - roles.PERMISSIONS["officer"]
    assert more == {
        "cases.sign",
        "cases.take_over",
        "documents.revoke",
        "policies.view",
        "policies.close",
        "workforce.view",
        "workforce.plan",
        "workforce.validate",
        "workforce.meet",
        "incidents.report",
    }
    assert roles.PERMISSIONS["officer"] < roles.PERMISSIONS["head"]


def test_only_personnel_reads_why_somebody_is_away():
    reading = {
        name for name, may in roles.PERMISSIONS.items() if "workforce.read_reasons" in may
    }
    assert reading == {"personnel"}
    assert roles.PERMISSIONS["personnel"] == {
        "workforce.view",
        "workforce.record",
        "workforce.read_reasons",
        "workforce.import_staff",
    }


def test_only_the_tracer_handles_incidents():
    handling = {name for name, may in roles.PERMISSIONS.items() if "incidents.handle" in may}
    assert handling == {"tracer"}
    assert roles.PERMISSIONS["tracer"] == {
        "workforce.view",
        "incidents.report",
        "incidents.handle",
        "policies.close",
    }


def test_administrator_sees_no_case():
    assert roles.PERMISSIONS["administrator"] == {
        "catalogue.manage",
        "policies.view",
        "policies.draft",
    }


def test_only_the_executive_makes_law():
    enacting = {name for name, may in roles.PERMISSIONS.items() if "policies.enact" in may}
    assert enacting == {"executive"}
    assert not any(name.startswith("cases.") for name in roles.PERMISSIONS["executive"])


def test_auditor_looks_and_touches_nothing():
    assert roles.PERMISSIONS["auditor"] == {"cases.view", "policies.view"}


def test_unknown_role_gives_nothing():
    assert roles.grants("king", scope="/31/") == frozenset()


def test_no_role_appoints_staff():
    assert not any("people.manage_staff" in names for names in roles.PERMISSIONS.values())
