"""Read YAML into plain values and remember the line of each.

Only the part of YAML that cannot surprise is accepted: no anchors, no tags, no second key
of the same name, and no word that YAML quietly turns into true or false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.kernel.texts import HIDDEN

from .problems import Finding, Path

MAX_CHARACTERS = 300_000
MAX_DEPTH = 24
_SURPRISES = frozenset({"y", "n", "yes", "no", "on", "off"})
MAX_FINDINGS = 100
"""More nobody reads; a file that is wrong in every line must not cost minutes."""
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,11})")

_STUMBLES = (
    (
        "mapping values are not allowed",
        gettext_lazy(
            "there is a colon too many (put the text in quotes), or the line before lacks one"
        ),
    ),
    ("could not find expected ':'", gettext_lazy("a colon is missing after the key")),
    ("found unexpected end of stream", gettext_lazy("a quote is never closed")),
    ("expected ',' or", gettext_lazy("a bracket is never closed, or a comma is missing")),
    (
        "expected <block end>",
        gettext_lazy(
            "the line begins at another place than those around it, or something follows a quote"
        ),
    ),
    ("found character '\\t'", gettext_lazy("there is a tab at the beginning: use spaces")),
    ("special characters are not", gettext_lazy("there is a character that nobody sees")),
)
"""How what PyYAML says begins, and what it means."""


@dataclass
class Document:
    """Values of a file, the line of each path, and what could not be read."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[tuple[int, Finding]] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of a path, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def refuse(self, line: int, path: Path, reason: str) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append((line, Finding(path, reason)))


def read(text: str) -> Document:
    """Return the document that a text holds; what is wrong is in its ``findings``."""
    document = Document()
    if len(text) > MAX_CHARACTERS:
        sentence = _("The file is longer than %(most)d characters.")
        document.refuse(1, (), sentence % {"most": MAX_CHARACTERS})
        return document
    try:
        if not _is_plain(text, document):
            return document
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        position = mark.index if mark else getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        sentence = _("This is not YAML: %(reason)s.")
        document.refuse(line, (), sentence % {"reason": _reason(str(reason))})
        return document
    if not isinstance(root, yaml.MappingNode):
        sentence = _("The file must be a list of keys and values, such as “code: …”.")
        document.refuse(1, (), sentence)
        return document
    document.value = _value(root, (), document)
    return document


def _reason(given: str) -> str:
    """Return what the reader of YAML stumbled over, in plain words if there are any."""
    found = (str(sentence) for start, sentence in _STUMBLES if given.startswith(start))
    return next(found, given)


def _is_plain(text: str, document: Document) -> bool:
    """Say whether there are no aliases, tags or endless nesting, before anything is built."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            sentence = _("“*%(name)s”: write the value out; no aliases.")
            document.refuse(line, (), sentence % {"name": event.anchor})
        elif getattr(event, "anchor", None):
            sentence = _("“&%(name)s”: anchors are not allowed.")
            document.refuse(line, (), sentence % {"name": event.anchor})
        elif getattr(event, "tag", None):
            sentence = _("“%(name)s”: tags are not allowed.")
            document.refuse(line, (), sentence % {"name": event.tag})
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                sentence = _("Nested deeper than %(most)d levels.")
                document.refuse(line, (), sentence % {"most": MAX_DEPTH})
                return False
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return not document.findings


def _value(node: Any, path: Path, document: Document) -> Any:
    document.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, at), document) for at, item in enumerate(node.value)]
    return _scalar(node, path, document)


def _mapping(node: Any, path: Path, document: Document) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            document.refuse(line, path, _("A key must be a word."))
        elif key in result:
            first = document.line((*path, key))
            sentence = _("“%(key)s” was already given in line %(line)d.")
            document.refuse(line, (*path, key), sentence % {"key": key, "line": first})
        else:
            document.lines[(*path, key)] = line
            result[key] = _value(value_node, (*path, key), document)
    return result


def _scalar(node: Any, path: Path, document: Document) -> str | int | bool | None:
    text = str(node.value)
    if HIDDEN.search(text):
        reason = _("There is a control character here that nobody sees: leave it out.")
        document.refuse(node.start_mark.line + 1, path, reason)
        return text
    if node.style is not None:
        return text
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "~", "null"}:
        return None
    if text.lower() in _SURPRISES | {"true", "false"}:
        sentence = _(
            "YAML may read “%(word)s” as true or false: write true, false or '%(word)s'."
        )
        document.refuse(node.start_mark.line + 1, path, sentence % {"word": text})
        return text
    return int(text) if _INTEGER.fullmatch(text) else text
