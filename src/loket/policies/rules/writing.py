"""Write a circular as the YAML that reads back as the same circular."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from .format import Circular, Timeline

_FIRST = ("format", "issuer", "number", "date", "title", "article", "kind")
_LAST = ("scope", "period", "words", "amends", "revokes", "provisions")
_SHARES = frozenset({"min_share", "max_share", "max_share_concurrent"})
_QUOTED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"})
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Dumper(yaml.SafeDumper):
    """No anchors; days without quotes, as people write them."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "'" if text.lower() in _QUOTED else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(circular: Circular | Timeline) -> str:
    """Return the canonical text: known order of keys, nothing that is at its default."""
    return as_text(circular.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def as_text(values: Mapping[str, Any]) -> str:
    """Return plain values in the same way, whether or not the format takes them."""
    return yaml.dump(
        _in_order(dict(values)), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96
    )


def _in_order(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=_place)
    return {
        key: _share(value[key]) if key in _SHARES else _in_order(value[key]) for key in keys
    }


def _place(key: str) -> int:
    """Sort what names a thing to the front and what is long to the end; keep the rest."""
    if key in _FIRST:
        return _FIRST.index(key)
    return len(_FIRST) + (_LAST.index(key) + 1 if key in _LAST else 0)


def _share(written: Any) -> Any:
    """Return a share in per cent; what is no number, as it is."""
    try:
        per_cent = (Decimal(str(written)) * 100).normalize()
    except InvalidOperation:
        return written
    return f"{per_cent:f}%"
