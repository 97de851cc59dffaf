"""The rules of the house that imports cannot show."""

from __future__ import annotations

import ast
import inspect
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

import loket

ROOT = Path(loket.__file__).parent
PROJECT = ROOT.parents[1]
SOURCES = sorted(p for p in ROOT.rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(ROOT.rglob("*.html"))
FACES = {"portal", "desk", "api", "demo", "site"}
DOMAIN = [
    path.parent.name
    for path in sorted([*ROOT.glob("*/models.py"), *ROOT.glob("*/models/")])
    if path.parent.name not in FACES | {"jobs"}
]
WRITES = {
    "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create",
    "update_or_create", "save",
}  # fmt: skip


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def service_modules() -> list[str]:
    return [
        f"loket.{package}.services"
        for package in DOMAIN
        if (ROOT / package / "services.py").exists() or (ROOT / package / "services").is_dir()
    ]


@pytest.mark.parametrize("module", service_modules())
def test_every_service_names_its_actor_and_its_moment(module: str) -> None:
    services = import_module(module)
    functions = [
        function
        for name, function in inspect.getmembers(services, inspect.isfunction)
        if not name.startswith("_") and function.__module__.startswith(module)
    ]
    assert functions
    for function in functions:
        where = f"{module}.{function.__name__}"
        parameters = inspect.signature(function).parameters
        assert {"actor", "at"} <= set(parameters), where
        assert {p.kind for p in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}, where
        assert function.__doc__, where


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_the_owner_writes_a_table(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    here = path.relative_to(ROOT).parts[0]
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("loket.")
        and (node.module or "").endswith(".models")
        and (node.module or "").split(".")[1] != here
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in WRITES:
            root: ast.expr = node.value
            while isinstance(root, ast.Attribute | ast.Call):
                root = root.value if isinstance(root, ast.Attribute) else root.func
            assert not (isinstance(root, ast.Name) and root.id in foreign), (
                f"{path}:{node.lineno}"
            )


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_stay_small(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 50, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


def test_only_the_edge_reads_the_clock() -> None:
    for path in SOURCES:
        if path.relative_to(ROOT).parts[0] in FACES | {"jobs"}:
            continue
        is_door = path.name in {"clock.py", "tasks.py"} or path.parent.name == "tasks"
        if is_door:
            continue
        text = path.read_text(encoding="utf-8")
        assert "clock.now(" not in text, path
        assert "timezone.now(" not in text or path.name == "clock.py", path


def test_tables_point_down() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    order = next(c["layers"] for c in contracts if c["id"] == "order")
    height = {n.strip(): -i for i, row in enumerate(order) for n in row.split("|")}
    checked = 0
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                ours, theirs = model._meta.app_label, field.related_model._meta.app_label
                if ours != theirs and {ours, theirs} <= set(height):
                    assert height[theirs] < height[ours], f"{field} points up"
                    checked += 1
    assert checked


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*/__init__.py")), ids=lambda p: p.parent.name
)
def test_every_package_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_suppression_has_a_reason(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if "# noqa" in line:
            assert " -- " in line.partition("# noqa")[2], f"{path}:{number}"
