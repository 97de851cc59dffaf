"""Public references that can be read aloud: no I, L, O or U, and a check sign."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MODULUS = 37
"""A prime above 32 finds every single wrong sign and every swap of neighbours."""

LENGTH = 7
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "‐": "-", "–": "-"})


def new(length: int = LENGTH) -> str:
    """Return a fresh code, such as ``4M9K2TQ-X``."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(length))
        # Five of the 37 remainders have no letter or digit: such bodies are not used.
        if (sign := check_sign(body)) is not None:
            return f"{body}-{sign}"


def check_sign(body: str) -> str | None:
    """Return the sign that a body must carry, or None if the body is never used."""
    number = 0
    for sign in body:
        number = number * len(ALPHABET) + ALPHABET.index(sign)
    remainder = number % MODULUS
    return ALPHABET[remainder] if remainder < len(ALPHABET) else None


def normalise(typed: str) -> str:
    """Return what a person typed as the code they meant: capitals, O as 0, I and L as 1."""
    text = typed.strip().upper().translate(_READ_AS)
    if "-" not in text and len(text) == LENGTH + 1:
        text = f"{text[:-1]}-{text[-1]}"
    return text


def is_valid(code: str) -> bool:
    """Say whether a normalised code could have been given out."""
    body, _, sign = code.partition("-")
    return (
        len(body) >= LENGTH
        and len(sign) == 1
        and all(s in ALPHABET for s in body)
        and check_sign(body) == sign
    )
