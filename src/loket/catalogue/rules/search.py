"""Find services by the words people use: other endings and small mistakes allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from .format import Service
from .life_events import LIFE_EVENTS

_WORD = re.compile(r"[^\W_]+")
_IGNORED = frozenset(
    {
        "yang", "di", "ke", "dari", "dan", "atau", "untuk", "saya", "mau", "ingin", "cara",
        "bagaimana", "buat", "membuat", "bikin", "urus", "mengurus", "the", "a", "an",
        "of", "to", "for", "and", "or", "i", "my", "how", "want", "get", "make", "need",
    }
)  # fmt: skip
_BEGINNINGS = ("meng", "meny", "mem", "men", "me", "peng", "pen", "pem", "per", "ber", "ter",
               "di", "ke", "pe", "se")  # fmt: skip
_ENDINGS = ("kannya", "annya", "nya", "kan", "an", "lah", "ing", "ed", "es", "s", "i")
_SHORTEST_STEM = 4


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters without marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORD.findall("".join(s for s in plain if not unicodedata.combining(s))))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return a word without its most common Indonesian or English beginning and ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST_STEM:
            return word.removeprefix(beginning)
    return word


def rank(services: Iterable[Service], text: str, language: str) -> list[Service]:
    """Return the services that a text may mean, the likeliest first."""
    asked = [w for w in words(text) if w not in _IGNORED] or list(words(text))
    if not asked:
        return []
    scored = [(score(service, asked, language), service) for service in services]
    best = max((points for points, _ in scored), default=0)
    # A service that only shares a weak word with the query is noise beside a strong hit.
    found = [(p, s) for p, s in scored if p > 0 and p >= best / 4]
    # Among equals the words that were ignored decide: “baru”, “bikin”.
    every = list(words(text))
    order = sorted(found, key=lambda f: (-f[0], -score(f[1], every, language), f[1].code))
    return [service for _, service in order]


def score(service: Service, asked: list[str], language: str) -> float:
    """Return how well the words fit; 0 unless at least half of them are found."""
    fields = [(6.0, service.title.in_language(language)), (3.0, service.code)]
    for own in ("id", "en"):
        weight = 1.0 if own == language else 0.5
        events = " ".join(
            LIFE_EVENTS[e].in_language(own) for e in service.life_events if e in LIFE_EVENTS
        )
        fields += [
            (4 * weight, service.title.in_language(own)),
            (4 * weight, service.keywords.in_language(own)),
            (1 * weight, events),
            (1 * weight, service.summary.in_language(own)),
        ]
    index = [(weight, frozenset(words(text))) for weight, text in fields]
    hits = [
        max((weight * _best_likeness(word, known) for weight, known in index), default=0.0)
        for word in asked
    ]
    if 2 * sum(1 for hit in hits if hit > 0) < len(asked):
        return 0.0
    return sum(hits) / len(asked)


def _best_likeness(word: str, known: frozenset[str]) -> float:
    if word in known:
        return 1.0
    return max((likeness(word, other) for other in known), default=0.0)


@lru_cache(maxsize=8192)
def likeness(word: str, other: str) -> float:
    """Return 1 for the same word, less for a stem, a beginning or a small mistake, or 0."""
    if word == other:
        return 1.0
    if stem(word) == stem(other):
        return 0.9
    if len(word) >= 3 and other.startswith(word):  # noqa: PLR2004 -- typed so far
        return 0.7
    allowed = 0 if len(word) < 4 else 1 if len(word) < 8 else 2  # noqa: PLR2004 -- by length
    if allowed and abs(len(word) - len(other)) <= allowed:
        near = min(distance(word, other), distance(stem(word), stem(other)))
        return 0.6 if near <= allowed else 0.0
    return 0.0


def distance(one: str, two: str) -> int:
    """Return how many single mistakes lie between two words; a swap of neighbours is one."""
    before: list[int] = []
    above = list(range(len(two) + 1))
    for i, sign in enumerate(one, start=1):
        row = [i]
        for j, other in enumerate(two, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == two[j - 2] and one[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
