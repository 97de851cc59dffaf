"""Effects made ready: who they cover, what they claim, when they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loket.policies.rules.facts import Effect, RoomFact
from loket.policies.rules.format import Scope

from .claims import claims
from .contest import Rule
from .scopes import Fit, Narrowness, is_at, narrowness
from .spans import FIRST, LAST, Spans, meet, span, without
from .zones import Zones

EVER: Spans = ((FIRST, LAST),)
Place = tuple[bool, bool]


class Law:
    """All effects, with their scopes numbered: many provisions share one."""

    def __init__(self, effects: Iterable[Effect], zones: Zones) -> None:
        self.effects = tuple(sorted(effects, key=repr))
        self.zones = zones
        self._numbers: dict[Scope, int] = {}
        self._effects = [
            (
                effect,
                claims(effect),
                repr((effect.because.label, effect.because.article, effect.params)),
                (span(effect.starts_at, effect.ends_at),),
                self._number(effect.scope),
                [self._number(scope) for scope in effect.stays_open],
            )
            for effect in self.effects
        ]
        self.scopes = tuple(self._numbers)
        self.services = frozenset(code for scope in self.scopes for code in scope.services)
        self.has_zones = any(scope.zone for scope in self.scopes)

    def marks(self, room: RoomFact) -> tuple[Place, ...]:
        """Return all that scopes can see of a room: equal rooms get equal answers."""
        return tuple(is_at(scope, room) for scope in self.scopes)

    def rules(
        self,
        fits: Sequence[Fit | None],
        lineage: tuple[str, ...],
        service: str,
        room: Sequence[Place] | None,
    ) -> Iterator[Rule]:
        """Yield the effects that meet a class of units, a service and a room."""

        def reach(number: int, *, closes: bool) -> tuple[Narrowness | None, Spans]:
            scope = self.scopes[number]
            at = room[number] if room else None
            narrow = narrowness(scope, fits[number], at, service, covers_sole_room=closes)
            if narrow is None:
                return None, ()
            return narrow, self.zones.spans(lineage, scope.zone) if scope.zone else EVER

        for effect, said, tie, period, number, stays in self._effects:
            narrow, spans = reach(number, closes=effect.is_closure)
            if narrow is not None:
                held = meet(period, spans)
                for exception in stays:
                    held = without(held, reach(exception, closes=True)[1])
                if held:
                    yield Rule(effect, said, tie, narrow, held)

    def _number(self, scope: Scope) -> int:
        return self._numbers.setdefault(scope, len(self._numbers))
