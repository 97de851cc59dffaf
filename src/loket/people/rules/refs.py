"""How an account is named in events, plans and files, where keys of tables do not belong."""

from __future__ import annotations

KIND = "account"


def ref_of(number: int) -> str:
    """Return the ref of an account: ``account:12``."""
    return f"{KIND}:{number}"


def number_of(ref: str) -> int:
    """Return the account that a ref names; 0, which none has, for visitors and processes."""
    kind, _colon, number = ref.partition(":")
    return int(number) if kind == KIND else 0
