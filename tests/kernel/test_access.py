from __future__ import annotations

import pytest
from django.utils.translation import override

from loket.kernel.access import ANYWHERE, Actor, Permission, require
from loket.kernel.errors import NotAllowed

HANDLE = Permission("cases.handle", "handle cases")
SIGN = Permission("cases.sign", "sign")
BUDI = Actor("account:1", "Budi", frozenset({("cases.handle", "/31/31.74/")}))


@pytest.mark.parametrize(
    ("permission", "scope", "expected"),
    [
        (HANDLE, "/31/31.74/", True),
        (HANDLE, "/31/31.74/31.74.04/", True),
        (HANDLE, "/31/", False),
        (HANDLE, "/31/31.75/", False),
        (HANDLE, "/31/31.740/", False),
        (HANDLE, ANYWHERE, False),
        (SIGN, "/31/31.74/", False),
    ],
)
def test_a_grant_covers_its_unit_and_all_below(
    permission: Permission, scope: str, expected: bool
) -> None:
    assert BUDI.may(permission, scope=scope) is expected


def test_scopes_are_those_of_one_permission() -> None:
    assert BUDI.scopes(HANDLE) == {"/31/31.74/"}
    assert BUDI.scopes(SIGN) == frozenset()


def test_the_system_may_do_anything_anywhere() -> None:
    system = Actor.system("deadlines")
    assert system.ref == "system:deadlines"
    assert system.may(SIGN, scope=ANYWHERE)
    assert system.scopes(SIGN) == {ANYWHERE}


def test_a_visitor_may_do_nothing() -> None:
    with override("id"):
        visitor = Actor.visitor()
    assert (visitor.ref, visitor.name) == ("visitor", "pengunjung")
    assert not visitor.may(HANDLE, scope="/31/")


def test_require_says_who_may_not_do_what() -> None:
    require(BUDI, HANDLE, scope="/31/31.74/")
    with override("en"), pytest.raises(NotAllowed) as refused:
        require(BUDI, SIGN, scope="/31/31.74/")
    assert str(refused.value) == "Budi may not sign."
