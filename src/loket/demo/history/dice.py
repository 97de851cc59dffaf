"""Chance that repeats: the same seed throws the same numbers, whatever else is thrown."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dice(*key: object) -> Random:
    """Return dice of their own for one purpose."""
    return Random(":".join(map(str, key)))  # noqa: S311 -- invents people, keeps no secret


def weighted(chance: Random, weights: Mapping[T, float]) -> T:
    """Return one of the keys, the heavier ones more often."""
    return chance.choices(list(weights), list(weights.values()))[0]
