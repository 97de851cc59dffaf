"""What holds for every command: help, exit codes, where it says what."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from loket.site.command import assembled

ROOT = Path(__file__).parents[2]
PROGRAM = "from loket.site.command import main; main()"


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


EVERY = [path for path, _ in commands(assembled())]


def in_a_process(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_explains_itself(loket, path):
    done = loket(*path, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: cli {' '.join(path)}")
    sentence = done.stdout.splitlines()[2].strip()
    assert sentence, "no sentence says what it does"


def test_every_command_is_in_the_reference():
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    hidden = {"fill-demo"}
    named = re.findall(r"`([a-z][a-z -]*)", text)
    for path in EVERY:
        if path[0] not in hidden:
            assert any(path[-1] in entry.split() for entry in named), path


def test_unknown_command_is_called_wrongly(loket):
    done = loket("fly")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No such command 'fly'" in done.stderr


@pytest.mark.django_db
def test_refusal_goes_to_standard_error_with_exit_code_1(loket):
    done = loket("catalogue", "retire", "NOPE")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.strip()


def test_missing_tables_say_what_to_run(tmp_path):
    done = in_a_process(
        "journal", "--subject", "case:X", LOKET_DATA=str(tmp_path), LOKET_DATABASE=""
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The database does not answer as it should: ")
    assert "loket setup" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("LOKET_DEBUG", "yes"),
        ("LOKET_SMTP_PORT", "many"),
        ("LOKET_SECRET_KEY_FILE", "/no/file"),
    ],
)
def test_wrong_setting_is_a_sentence_and_no_traceback(setting, value):
    done = in_a_process("doctor", **{setting: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("A setting is wrong: ")
    assert "Traceback" not in done.stderr


def test_version_is_printed(loket):
    assert loket("--version").stdout == "loket, version 0.1.0\n"


def test_production_settings_pass_djangos_checks_for_deployment(tmp_path):
    env = {
        "LOKET_DATA": str(tmp_path),
        "LOKET_DEMO": "False",
        "LOKET_PUBLIC_URL": "https://loket.example",
        "LOKET_HOSTS": "loket.example",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",  # set for the browser journeys alone
    }
    words = ["check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
