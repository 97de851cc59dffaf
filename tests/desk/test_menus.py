"""The menu offers what somebody may open, and says where they are."""

from __future__ import annotations

from loket.desk import menus
from loket.kernel.access import Actor


def here(groups: list[menus.Group]) -> list[str]:
    return [link.url for group in groups for link in group.links if link.is_here]


def test_menu_names_the_page_one_is_on(dewi):
    assert here(menus.of(dewi, path="/desk/")) == ["/desk/"]
    assert here(menus.of(dewi, path="/desk/cases/4M9K2TQ-X/")) == ["/desk/cases/"]


def test_menu_offers_nobody_what_they_may_not_open(budi):
    nobody = Actor(ref="account:0", name="Nobody")
    seen = {link.url for group in menus.of(nobody, path="/desk/") for link in group.links}
    assert "/desk/cases/" not in seen
    assert "/desk/circulars/" not in seen
    offered = {link.url for group in menus.of(budi, path="/desk/") for link in group.links}
    assert "/desk/cases/" in offered
    assert "/desk/signing/" not in offered


def test_every_group_but_the_first_has_a_word(dewi):
    groups = menus.of(dewi, path="/desk/")
    assert [bool(group.label) for group in groups][:1] == [False]
    assert all(group.label for group in groups[1:])
