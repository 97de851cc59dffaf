"""The menu of the desk: a few places at hand, the others in groups that open."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.cases import access as cases
from loket.documents import access as documents
from loket.incidents import access as incidents
from loket.kernel.access import Actor, Permission
from loket.policies import access as policies
from loket.workforce import access as workforce

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the menu, and which permissions open it: any of them; none: everybody."""

    route: str
    label: Words
    needs: tuple[Permission, ...] = ()

    def is_for(self, actor: Actor) -> bool:
        return not self.needs or any(actor.scopes(each) for each in self.needs)


@dataclass(frozen=True, slots=True)
class Link:
    label: Words
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one word; without a word they stand in the menu itself."""

    label: Words
    links: tuple[Link, ...]
    name: str = ""

    @property
    def is_here(self) -> bool:
        return any(link.is_here for link in self.links)


HEADS = (workforce.PLAN, workforce.VALIDATE)
MENU: tuple[tuple[str, Words, tuple[Entry, ...]], ...] = (
    (
        "",
        "",
        (
            Entry("desk:home", _("Today")),
            Entry("desk:cases", _("Applications"), (cases.VIEW,)),
            Entry("desk:signing", _("To sign"), (cases.SIGN,)),
        ),
    ),
    (
        "mine",
        _("Mine"),
        (
            Entry("desk:attendance", _("Clock in and out")),
            Entry("desk:my-turns", _("My turns")),
            Entry("desk:work", _("My daily work")),
            Entry("desk:absences", _("My absences")),
            Entry("desk:meetings", _("Meetings")),
            Entry("desk:incident-self", _("Report my positive test")),
        ),
    ),
    (
        "team",
        _("Team"),
        (
            Entry("desk:team", _("The team today"), (workforce.VIEW,)),
            Entry("desk:rosters", _("Rosters"), (workforce.VIEW, workforce.PLAN)),
            Entry("desk:attendance-team", _("Attendance of the team"), HEADS),
            Entry("desk:work-team", _("Daily work to validate"), (workforce.VALIDATE,)),
            Entry("desk:absences-team", _("Absences of the team"), (*HEADS, workforce.RECORD)),
            Entry("desk:counters", _("Counters and posts"), (workforce.PLAN, workforce.RECORD)),
            Entry("desk:staff", _("Staff records"), (workforce.RECORD, workforce.VIEW)),
            Entry("desk:incidents", _("Incidents"), (incidents.HANDLE, incidents.REPORT)),
        ),
    ),
    (
        "rules",
        _("Rules and records"),
        (
            Entry(
                "desk:circulars",
                _("Circulars"),
                (policies.VIEW, policies.DRAFT, policies.ENACT),
            ),
            Entry("desk:closures", _("Closures"), (policies.CLOSE, policies.VIEW)),
            Entry("desk:documents", _("Documents"), (documents.VIEW,)),
            Entry("desk:figures", _("Figures"), (cases.VIEW,)),
        ),
    ),
)


def of(actor: Actor, *, path: str) -> list[Group]:
    """Return what the menu offers somebody: nothing that they would find empty."""
    urls = {
        entry.route: reverse(entry.route)
        for _name, _label, entries in MENU
        for entry in entries
        if entry.is_for(actor)
    }
    home = urls["desk:home"]
    around = (url for url in urls.values() if path.startswith(url) and url != home)
    # Of all addresses that the page's own begins with, the longest is where we are.
    here = home if path == home else max(around, key=len, default="")
    groups = (
        Group(
            label,
            tuple(
                Link(entry.label, urls[entry.route], urls[entry.route] == here)
                for entry in entries
                if entry.route in urls
            ),
            name,
        )
        for name, label, entries in MENU
    )
    return [group for group in groups if group.links]
