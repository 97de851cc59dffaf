"""How applications come in: by file, or typed question by question by a resident."""

from __future__ import annotations

from datetime import datetime
from random import Random

from loket.cases import queries as about_cases
from loket.cases import services as cases
from loket.cases.models import Case
from loket.catalogue.rules import flow
from loket.demo import cast
from loket.demo.papers import Look, draw, facts_of
from loket.documents import queries as about_documents
from loket.documents.models import Document
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.people import queries as people

from .plots import Plot

BLURRED = {"mended", "returned", "returned_now"}


def register(plot: Plot, *, at: datetime) -> Actor:
    """Let whoever asks sign in for the first time."""
    resident = cast.welcome(email=plot.email, at=at)
    return people.actor_for(resident.account, at=at)


def send(plot: Plot, resident: Actor | None, *, chance: Random, at: datetime) -> Case:
    """File the application with its papers, and return the case."""
    papers = {question: taken(plot, question, chance) for question in plot.wish.papers}
    if resident is not None:
        return type_in(plot, papers, resident, at=at)
    answers = {**plot.wish.answers, **{q: paper[0] for q, paper in plot.wish.papers.items()}}
    return cases.file_case(
        service_code=plot.wish.service,
        answers=answers,
        files={question: [(f"{plot.wish.papers[question][1]}.jpg", data)]
               for question, data in papers.items()},
        contact={"email": plot.email, **({"phone": plot.phone} if plot.phone else {})},
        actor=cast.SYSTEM,
        at=at,
    )  # fmt: skip


def type_in(plot: Plot, papers: dict[str, bytes], resident: Actor, *, at: datetime) -> Case:
    """Answer one question after the other, as the pages ask them, and send."""
    wish = plot.wish
    draft = cases.start_draft(
        service_code=wish.service,
        resident=people.resident_of(resident),
        actor=resident,
        at=at,
    )
    known = {**wish.answers, **{q: {"alternative": p[0]} for q, p in wish.papers.items()}}
    on = organisation.today(None, at=at)
    for question in flow.visible(draft.service_version.service, known, on):
        if question.name in papers:
            alternative, kind = wish.papers[question.name][:2]
            cases.attach(
                draft=draft,
                question=question.name,
                data=papers[question.name],
                name=f"{kind}.jpg",
                alternative=alternative,
                actor=resident,
                at=at,
            )
        else:
            cases.save_answer(
                draft=draft,
                question=question.name,
                raw=known.get(question.name),
                revision=draft.revision,
                actor=resident,
                at=at,
            )
    return cases.submit(draft=draft, actor=resident, at=at)


def taken(plot: Plot, question: str, chance: Random) -> bytes:
    """Return a picture of a paper, well or badly taken."""
    kind = plot.wish.papers[question][1]
    if plot.ending in BLURRED and question == blurred(plot):
        look = Look.BLUR
    else:
        look = chance.choice((Look.SCAN, Look.PHOTO))
    return drawn(plot, kind, look)


def drawn(plot: Plot, kind: str, look: Look) -> bytes:
    """Return a paper: with the family's own words where somebody may still read it.

    Drawing takes 30 ms; what was decided long ago shows a paper that all of its kind share.
    """
    return draw(kind, facts_of(kind, plot.wish.answers if plot.is_recent else {}), look)


def blurred(plot: Plot) -> str:
    """Return the question whose picture cannot be read, in applications that come back."""
    return next(iter(plot.wish.papers))


def mend(plot: Plot, case: Case, resident: Actor, *, at: datetime) -> None:
    """Send a better picture of the paper that could not be read."""
    question = blurred(plot)
    kind = plot.wish.papers[question][1]
    cases.mend_file(
        case=case,
        question=question,
        data=drawn(plot, kind, Look.SCAN),
        name=f"{kind}-2.jpg",
        actor=resident,
        at=at,
    )


def document_of(case: Case) -> Document:
    """Return the certificate that a case led to."""
    issued = about_documents.of_case(case.subject)
    return next(d for d in issued if d.state == Document.State.VALID)


def known_numbers() -> set[int]:
    """Return the numbers of the applications that are on record already."""
    system = about_cases.visible_to(cast.SYSTEM)
    emails = system.values_list("contact__email", flat=True)
    stems = (str(email).partition("@")[0] for email in emails)
    return {int(s.rpartition(".")[2]) for s in stems if s.rpartition(".")[2].isdecimal()}
