"""Read YAML into plain values and remember the line of each.

Only the part of YAML that cannot surprise is accepted: no anchors, no tags, no second key
of the same name, and no word that YAML quietly turns into true or false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from loket.kernel.texts import HIDDEN

from .problems import Finding, Path

MAX_CHARACTERS = 300_000
MAX_DEPTH = 24
_SURPRISES = frozenset({"y", "n", "yes", "no", "on", "off"})
MAX_FINDINGS = 100
"""More nobody reads; a file that is wrong in every line must not cost minutes."""
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,11})")


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
        document.refuse(1, (), f"The file is longer than {MAX_CHARACTERS} characters.")
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
        document.refuse(line, (), f"This is not YAML: {reason}.")
        return document
    if not isinstance(root, yaml.MappingNode):
        document.refuse(1, (), "The file must be a list of keys and values, such as “code: …”.")
        return document
    document.value = _value(root, (), document)
    return document


def _is_plain(text: str, document: Document) -> bool:
    """Say whether there are no aliases, tags or endless nesting, before anything is built."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            document.refuse(line, (), f"“*{event.anchor}”: write the value out; no aliases.")
        elif getattr(event, "anchor", None):
            document.refuse(line, (), f"“&{event.anchor}”: anchors are not allowed.")
        elif getattr(event, "tag", None):
            document.refuse(line, (), f"“{event.tag}”: tags are not allowed.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                document.refuse(line, (), f"Nested deeper than {MAX_DEPTH} levels.")
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
            document.refuse(line, path, "A key must be a word.")
        elif key in result:
            first = document.line((*path, key))
            document.refuse(line, (*path, key), f"“{key}” was already given in line {first}.")
        else:
            document.lines[(*path, key)] = line
            result[key] = _value(value_node, (*path, key), document)
    return result


def _scalar(node: Any, path: Path, document: Document) -> str | int | bool | None:
    text = str(node.value)
    if HIDDEN.search(text):
        reason = "There is a control character here that nobody sees: leave it out."
        document.refuse(node.start_mark.line + 1, path, reason)
        return text
    if node.style is not None:
        return text
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "~", "null"}:
        return None
    if text.lower() in _SURPRISES | {"true", "false"}:
        reason = f"YAML may read “{text}” as true or false: write true, false or '{text}'."
        document.refuse(node.start_mark.line + 1, path, reason)
        return text
    return int(text) if _INTEGER.fullmatch(text) else text
