"""What the public may learn of a name."""

from __future__ import annotations

WORDS = 5


def holder(name: str) -> str:
    """Return a name as the public sees it: ``Budi Pratama`` is ``B*** P***``.

    Every word shows its first letter and three stars, so that the length of a rare name
    does not give it away; words after the fifth are left out.
    """
    return " ".join(f"{word[0]}***" for word in name.split()[:WORDS])
