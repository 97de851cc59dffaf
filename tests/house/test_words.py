"""Every sentence has its Indonesian; settings, permissions and events are documented."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from io import BytesIO
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract
from django.utils.translation.template import templatize

import loket
from loket.kernel.access import Permission
from loket.kernel.events import Event

ROOT = Path(loket.__file__).parent
REFERENCE = ROOT.parents[1] / "docs" / "reference"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PACKAGES = sorted({path.parent.name for path in ROOT.glob("*/__init__.py")})


STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*{STRING}(?:,\s*{STRING})?")


def in_code(path: Path) -> set[str]:
    found = set()
    for _, message, _, _ in extract("python", BytesIO(path.read_bytes()), keywords=KEYWORDS):
        found.add(message[0] if isinstance(message, tuple) else message)
    return found


def in_template(path: Path) -> set[str]:
    calls = CALL.findall(templatize(path.read_text(encoding="utf-8")))
    return {
        ast.literal_eval(second if name == "pgettext" else first)
        for name, first, second in calls
    }


def sentences(package: str) -> set[str]:
    """Return every English sentence that a package shows, from its code and templates."""
    found: set[str] = set()
    for path in sorted((ROOT / package).rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            found |= in_code(path)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found |= in_template(path)
    return {message for message in found if message}


@pytest.fixture(scope="module")
def translated() -> set[str]:
    return {
        entry.msgid
        for path in ROOT.glob("*/locale/id/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path)).translated_entries()
    }


@pytest.mark.parametrize("package", PACKAGES)
def test_every_sentence_has_its_indonesian(package: str, translated: set[str]) -> None:
    assert sentences(package) - translated == set()


def test_no_translation_is_fuzzy() -> None:
    for path in ROOT.glob("*/locale/id/LC_MESSAGES/django.po"):
        assert [entry.msgid for entry in polib.pofile(str(path)).fuzzy_entries()] == []


def test_a_sentence_has_one_indonesian() -> None:
    said: dict[tuple[str, str], set[str]] = {}
    for path in ROOT.glob("*/locale/id/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)).translated_entries():
            words = entry.msgstr or str(entry.msgstr_plural)
            said.setdefault((entry.msgctxt or "", entry.msgid), set()).add(words)
    assert {key: words for key, words in said.items() if len(words) > 1} == {}


def test_every_setting_is_documented() -> None:
    text = (ROOT / "site" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'env\.(?:text|flag|number|words|database)\(\s*"([A-Z_]+)"', text))
    documented = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`LOKET_{name}`" not in documented} == set()


def test_every_permission_is_documented() -> None:
    documented = (REFERENCE / "permissions.md").read_text(encoding="utf-8")
    names = set()
    for path in ROOT.glob("*/access.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == Permission.__name__
            ):
                names.add(ast.literal_eval(node.args[0]))
    assert names
    assert {name for name in names if f"`{name}`" not in documented} == set()


def subclasses(event: type[Event]) -> set[type[Event]]:
    return {event}.union(*(subclasses(below) for below in event.__subclasses__()))


def test_every_event_is_documented() -> None:
    for path in ROOT.glob("*/events.py"):
        import_module(f"loket.{path.parent.name}.events")
    documented = (REFERENCE / "events.md").read_text(encoding="utf-8")
    events = subclasses(Event) - {Event}
    names = {e.name for e in events if e.__module__.startswith("loket.") and "name" in vars(e)}
    assert names
    assert {name for name in names if f"`{name}`" not in documented} == set()
