"""What the format refuses, as sentences for the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from loket.catalogue.rules.document import MAX_FINDINGS
from loket.catalogue.rules.problems import Finding, Path
from loket.kernel.texts import LANGUAGES, Text

_NO_KEY = {"missing", "extra_forbidden", "unexpected_keyword_argument"}


def findings(error: ValidationError, value: Any, model: type[BaseModel]) -> list[Finding]:
    """Return one finding per place, in the order of the document."""
    found: dict[Path, Finding] = {}
    for detail in error.errors()[:MAX_FINDINGS]:
        if detail["type"] == "too_short" and detail["input"]:
            continue  # pydantic counts only the items that are right, which are told anyway
        path = _in_document(detail["loc"], value)
        if detail["type"] in _NO_KEY:
            path = (*_in_document(detail["loc"][:-1], value), detail["loc"][-1])
        elif detail["type"] == "union_tag_invalid":
            path = (*path, "kind")
        found.setdefault(path, Finding(path, _sentence(detail, model)))
    return list(found.values())


def nearest(word: str, known: Iterable[str]) -> str:
    """Return “Did you mean …?” with the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, [other for other in known if other != word], n=1)
    return " " + _("Did you mean “%(word)s”?") % {"word": near[0]} if near else ""


def _in_document(loc: Path, value: Any) -> Path:
    """Return where in the document pydantic found it: without the names of union members."""
    path: Path = ()
    tagged = False
    for step in loc:
        if isinstance(value, dict) and not tagged and path[-2:-1] == ("provisions",):
            tagged = True
            continue
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
            tagged = False
        else:
            break
        path = (*path, step)
    return path


def _models_in(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and (
        issubclass(annotation, BaseModel) or annotation is Text
    ):
        yield annotation
    for inside in get_args(annotation):
        yield from _models_in(inside)


def _keys_at(loc: Path, model: type[BaseModel]) -> list[str]:
    """Return the keys that are known where pydantic met one that is not."""
    here: list[Any] = [model]
    for step in loc:
        if isinstance(step, int):
            continue
        if len(here) > 1:
            here = [m for m in here if step in get_args(m.model_fields["kind"].annotation)]
        elif here[0] is not Text:
            fields = {f.alias or name: f.annotation for name, f in here[0].model_fields.items()}
            here = list(_models_in(fields.get(step)))
        if not here:
            return []
    if here[0] is Text:
        return list(LANGUAGES)
    return [field.alias or name for name, field in here[0].model_fields.items()]


def _sentence(detail: ErrorDetails, model: type[BaseModel]) -> str:
    kind = detail["type"]
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        return _unknown(str(detail["loc"][-1]), _keys_at(detail["loc"][:-1], model))
    sentence = _SENTENCES.get(kind)
    return sentence(_Detail(detail)) if sentence else f"{detail['msg']}."


def _unknown(key: str, allowed: list[str]) -> str:
    sentence = _("“%(key)s” is not a key here.") % {"key": key} + nearest(key, allowed)
    return sentence + " " + _("Allowed: %(keys)s.") % {"keys": ", ".join(allowed)}


@dataclass(frozen=True)
class _Detail:
    """One error of pydantic, with what sentences need."""

    raw: ErrorDetails

    @property
    def key(self) -> str:
        return str(self.raw["loc"][-1]) if self.raw["loc"] else ""

    @property
    def input(self) -> str:
        return str(self.raw["input"])

    def context(self, name: str) -> Any:
        return self.raw.get("ctx", {}).get(name, "")


def _missing(detail: _Detail) -> str:
    if detail.key in LANGUAGES:
        sentence = _(
            "The translation “%(key)s” is missing: every sentence is needed in both languages."
        )
    elif detail.key == "article":
        sentence = _("“article” is missing: say which article of the circular this is.")
    else:
        sentence = _("“%(key)s” is missing.")
    return sentence % {"key": detail.key}


def _one_of(word: str, expected: str) -> str:
    allowed = expected.replace("'", "").replace(" or ", ", ").split(", ")
    sentence = _("“%(word)s” must be one of: %(words)s.") % {
        "word": word,
        "words": ", ".join(allowed),
    }
    return sentence + nearest(word, allowed)


def _tag(detail: _Detail) -> str:
    return _one_of(str(detail.context("tag")), str(detail.context("expected_tags")))


def _pattern(detail: _Detail) -> str:
    sentence = _("“%(written)s” must be hours such as 07:30-16:00, with two digits each.")
    return sentence % {"written": detail.input}


def _wants(what: Callable[[], str]) -> Callable[[_Detail], str]:
    return lambda detail: (
        _("“%(written)s” must be %(what)s.")
        % {
            "written": detail.input,
            "what": what(),
        }
    )


def _least(detail: _Detail) -> str:
    least = detail.context("ge") or detail.context("gt")
    word = _("at least %(bound)s") if detail.context("ge") else _("more than %(bound)s")
    return _wants(lambda: word % {"bound": least})(detail)


def _most(detail: _Detail) -> str:
    return _wants(lambda: _("at most %(bound)s") % {"bound": detail.context("le")})(detail)


_SENTENCES: dict[str, Callable[[_Detail], str]] = {
    "value_error": lambda d: str(d.context("error")),
    "missing": _missing,
    "union_tag_invalid": _tag,
    "union_tag_not_found": lambda _d: _(
        "“kind” is missing: say what kind of provision this is."
    ),
    "literal_error": lambda d: _one_of(d.input, str(d.context("expected"))),
    "dataclass_type": lambda _d: _("Give the sentence in both languages: “id: …” and “en: …”."),
    "string_too_short": lambda _d: _("The text is empty."),
    "string_too_long": lambda d: (
        _("The text is longer than %(most)s characters.") % {"most": d.context("max_length")}
    ),
    "string_pattern_mismatch": _pattern,
    "string_type": lambda d: (
        _("“%(written)s” must be text: put it in quotes.") % {"written": d.input}
    ),
    "too_short": lambda _d: _("At least one is needed."),
    "too_long": lambda d: (
        _("At most %(most)s are possible.") % {"most": d.context("max_length")}
    ),
    "bool_type": _wants(lambda: _("true or false")),
    "int_type": _wants(lambda: _("a whole number")),
    "int_parsing": _wants(lambda: _("a whole number")),
    "int_from_float": _wants(lambda: _("a whole number")),
    "decimal_parsing": _wants(lambda: _("a number")),
    "decimal_max_places": _wants(lambda: _("a number with at most two decimals")),
    "decimal_type": _wants(lambda: _("a number")),
    "greater_than": _least,
    "greater_than_equal": _least,
    "less_than_equal": _most,
    "tuple_type": lambda _d: _("This must be a list: each item begins with “- ”."),
    "dict_type": lambda _d: _("This must be keys and values."),
    "model_type": lambda _d: _("This must be keys and values."),
    "model_attributes_type": lambda _d: _("This must be keys and values."),
}
