"""Whether a plan is what it says, and whether nothing better exists."""

from __future__ import annotations

from dataclasses import astuple

from django.utils.translation import gettext as _

from loket.workforce.rules.problem import Objective, Plan, Problem

from . import certificate, counting
from .bounding import Bound
from .checker import check
from .circuits import Circuit

LEVELS = ("pinned", "uncovered", "changes", "unfairness")


def verify(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """Return everything that is wrong with a plan, its figures or its proof; nothing if all holds.

    Everything is counted again from the turns; of the planner only the certificate is used,
    and that cannot deceive: whatever stands in it, the bound computed from it is a bound.
    """
    found = []
    broken = check(problem, plan.turns)
    if any(not one.is_lacking for one in broken):
        found.append(_("The turns break a rule."))
    counted = counting.objective(
        problem,
        plan.turns,
        stability_first=plan.objective.is_stability_first,
        broken=broken,
    )
    for level in LEVELS:
        said, really = getattr(plan.objective, level), getattr(counted, level)
        if said != really:
            found.append(
                _("The plan says %(level)s is %(said)s; it is %(really)s.")
                % {"level": level, "said": said, "really": really}
            )
    if counting.told(plan.shortages) != counting.shortages(broken):
        found.append(_("The shortages that the plan names are not those that it has."))
    if plan.is_proven:
        found += _proof(problem, plan.certificate, counted)
    return tuple(found)


def _proof(problem: Problem, packed: bytes, counted: Objective) -> list[str]:
    proof = certificate.read(packed)
    if proof is None:
        return [_("The certificate cannot be read.")]
    circuit = Circuit(problem)
    if len(proof.potentials) != circuit.size:
        return [_("The certificate belongs to another problem.")]
    bound = Bound(proof.factors, proof.potentials)
    circuit.fill(bound)
    order = (0, 1, 2, 3) if counted.is_stability_first else (0, 1, 3, 2)
    if not bound.keeps_order(order):
        return [_("The factors of the certificate do not keep the order of the aims.")]
    achieved = astuple(counted)[:4]
    cost = sum(f * a for f, a in zip(proof.factors, achieved, strict=True))
    if cost != bound.total:
        return [
            _("The certificate proves %(bound)s; the plan costs %(cost)s.")
            % {"bound": bound.total, "cost": cost}
        ]
    return []
