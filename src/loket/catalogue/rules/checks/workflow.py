"""Workflows that cannot be walked to an end, or that name what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from loket.catalogue.rules.format import Action, Service, State
from loket.catalogue.rules.problems import Finding, Path

from . import names

_STATES: Path = ("workflow", "states")
_ACTIONS: Path = ("workflow", "actions")
_MUST_ACT = {"officer": "officer", "head": "head"}
_WITH_REASON = {"return", "refuse"}
_BY = {
    "verify": "officer",
    "sign": "head",
    "resubmit": "resident",
    "withdraw": "resident",
}


def check(service: Service, notices: AbstractSet[str] | None) -> Iterator[Finding]:
    """Find what is wrong with states and actions."""
    flow = service.workflow
    yield from names.twice(flow.states, _STATES)
    yield from names.twice(flow.actions, _ACTIONS)
    yield from names.twice(service.notices, ("notices",))
    known = {state.name: state for state in flow.states}
    if flow.first not in known:
        yield Finding(("workflow", "first"), names.unknown(flow.first, known, "state"))
    for at, action in enumerate(flow.actions):
        yield from _ends(action, (*_ACTIONS, at), known)
        yield from _kind(action, (*_ACTIONS, at), known)
        yield from _brings(service, action, (*_ACTIONS, at), notices)
    for at, state in enumerate(flow.states):
        yield from _state(service, state, (*_STATES, at))
    yield from _reach(service)
    if service.presence == "biometrics" and all(s.kind != "waiting" for s in flow.states):
        reason = "The person must come, but no state of kind “waiting” waits for that."
        yield Finding(("presence",), reason)


def _ends(action: Action, path: Path, known: dict[str, State]) -> Iterator[Finding]:
    for at, source in enumerate(action.sources):
        if source not in known:
            yield Finding((*path, "sources", at), names.unknown(source, known, "state"))
        elif known[source].kind == "final":
            reason = f"“{source}” is final: nothing leads out of it."
            yield Finding((*path, "sources", at), reason)
    if action.target not in known:
        yield Finding((*path, "target"), names.unknown(action.target, known, "state"))


def _kind(action: Action, path: Path, known: dict[str, State]) -> Iterator[Finding]:
    if action.by != _BY.get(action.kind, action.by):
        reason = f"An action of kind “{action.kind}” is taken by the {_BY[action.kind]}."
        yield Finding((*path, "by"), reason)
    if action.kind in _WITH_REASON and not action.reasons:
        yield Finding(path, f"To {action.kind} needs “reasons” to choose from.")
    values = [reason.value for reason in action.reasons]
    yield from names.repeated(values, (*path, "reasons"), "value")
    yield from names.twice(action.asks, (*path, "asks"))
    target = known.get(action.target)
    if action.kind == "return" and target and target.kind != "resident":
        reason = (
            f"“{target.name}” does not wait for the resident, who must mend what is returned."
        )
        yield Finding((*path, "target"), reason)


def _brings(
    service: Service, action: Action, path: Path, notices: AbstractSet[str] | None
) -> Iterator[Finding]:
    outputs = {output.name: output for output in service.outputs}
    if action.issues and action.issues not in outputs:
        yield Finding((*path, "issues"), names.unknown(action.issues, outputs, "output"))
    elif (
        action.issues and outputs[action.issues].kind == "certificate" and action.kind != "sign"
    ):
        reason = f"“{action.issues}” is a certificate: only an action of kind “sign” issues it."
        yield Finding((*path, "issues"), reason)
    if action.kind == "sign" and not action.issues:
        yield Finding(path, "To sign needs “issues”: what is signed.")
    known = {notice.name for notice in service.notices} | (notices or set())
    if action.notice and notices is not None and action.notice not in known:
        yield Finding((*path, "notice"), names.unknown(action.notice, known, "notice"))


def _state(service: Service, state: State, path: Path) -> Iterator[Finding]:
    if state.kind == "final":
        if not state.outcome:
            yield Finding(path, "A final state needs an “outcome”.")
        return
    if state.outcome:
        yield Finding((*path, "outcome"), "Only a final state has an “outcome”.")
    who = _MUST_ACT.get(state.kind)
    offered = service.workflow.offered(state.name)
    if who and all(action.by != who for action in offered):
        yield Finding(path, f"“{state.name}” waits for the {who}, who has no action there.")


def _reach(service: Service) -> Iterator[Finding]:
    """Find states that no case gets into, and states that no case gets out of."""
    flow = service.workflow
    steps = [(source, action.target) for action in flow.actions for source in action.sources]
    entered = _closure({flow.first}, steps)
    finals = {state.name for state in flow.states if state.kind == "final"}
    left = _closure(finals, [(target, source) for source, target in steps])
    for at, state in enumerate(flow.states):
        if state.name not in entered:
            reason = f"No case ever gets into “{state.name}”."
            yield Finding((*_STATES, at, "name"), reason)
        elif state.name not in left:
            reason = f"From “{state.name}” no final state can be reached."
            yield Finding((*_STATES, at, "name"), reason)


def _closure(start: set[str], steps: Iterable[tuple[str, str]]) -> set[str]:
    found = set(start)
    steps = list(steps)
    while new := {b for a, b in steps if a in found and b not in found}:
        found |= new
    return found
