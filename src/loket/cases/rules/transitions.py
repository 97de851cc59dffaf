"""Steps: what is offered in a state, and what taking a step comes to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.catalogue.rules.format import Action, Notice, Reason, Service, State
from loket.kernel.errors import Conflict, Invalid

MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """An action, with the state it leaves and the state it leads to."""

    action: Action
    source: State
    target: State

    @property
    def closes(self) -> bool:
        return self.target.kind == "final"

    @property
    def pauses(self) -> bool:
        """Whether the days stop counting: it waits for the resident, to mend or to collect."""
        leaves = self.source.clock == "running" and self.target.clock != "running"
        return leaves and not self.closes

    @property
    def resumes(self) -> bool:
        """Whether a pause ends: the office goes on, or the case is closed."""
        goes_on = self.target.clock == "running" or self.closes
        return self.source.clock != "running" and goes_on


def offered(service: Service, *, state: str, by: Collection[str]) -> tuple[Action, ...]:
    """Return the actions that these kinds of people can take in a state."""
    return tuple(a for a in service.workflow.offered(state) if a.by in by)


def step(service: Service, *, state: str, action: str) -> Step:
    """Return what an action comes to in a state.

    :raises Conflict: if it exists but is not offered in this state (any more).
    :raises Invalid: if the service has no such action.
    """
    workflow = service.workflow
    for known in workflow.actions:
        if known.name == action and state in known.sources:
            return Step(known, workflow.state(state), workflow.state(known.target))
    if any(known.name == action for known in workflow.actions):
        raise Conflict(
            _("This cannot be done now: the application is at “%(state)s”.")
            % {"state": workflow.state(state).label}
        )
    raise Invalid(_("This service has no such step."))


def signing(service: Service, *, state: str) -> Step:
    """Return the step that signs in a state.

    :raises Conflict: if nothing waits for a signature in it.
    """
    for action in service.workflow.offered(state):
        if action.kind == "sign":
            return step(service, state=state, action=action.name)
    raise Conflict(_("This application does not wait for a signature."))


def reason_of(action: Action, value: str) -> Reason | None:
    """Return the reason that was picked, if the action asks for one.

    :raises Invalid: if none was picked, or one that is not in the list.
    """
    if not action.reasons:
        return None
    for reason in action.reasons:
        if reason.value == value:
            return reason
    raise Invalid(
        _("Choose a reason from the list."), fields={"reason": [_("Choose a reason.")]}
    )


def words_of(words: str) -> str:
    """Return what was written, trimmed.

    :raises Invalid: if it is too long for a message.
    """
    words = words.strip()
    if len(words) > MOST_WORDS:
        sentence = _("Write at most %(most)d characters.") % {"most": MOST_WORDS}
        raise Invalid(sentence, fields={"words": [sentence]})
    return words


def required_words(words: str, *, field: str, sentence: str) -> str:
    """Return what was written, trimmed.

    :raises Invalid: with this sentence, if nothing was; or if it is too long.
    """
    words = words_of(words)
    if not words:
        raise Invalid(sentence, fields={field: [sentence]})
    return words


def to_mend(action: Action, asked: Collection[str], answered: Collection[str]) -> list[str]:
    """Return the questions that a return asks to mend.

    :raises Invalid: if a return names none, or one that was not part of the application.
    """
    if action.kind != "return":
        return []
    unknown = [name for name in asked if name not in answered]
    if unknown or not asked:
        sentence = _("Choose the answers or documents that must be corrected.")
        raise Invalid(sentence, fields={"questions": [sentence]})
    return list(dict.fromkeys(asked))


USUAL = {
    "return": "case_returned",
    "refuse": "case_refused",
    "withdraw": "case_withdrawn",
}


def notice_of(service: Service, taken: Step) -> tuple[str, Notice | None]:
    """Return the name of the notice a step sends, and its words if the service wrote them."""
    action = taken.action
    if action.notice:
        own = next((n for n in service.notices if n.name == action.notice), None)
        return action.notice, own
    if action.kind in USUAL:
        return USUAL[action.kind], None
    if taken.target.kind == "resident" and taken.target.clock != "paused":
        return "case_ready", None
    if taken.target.kind == "waiting":
        return "case_waiting", None
    return "", None
