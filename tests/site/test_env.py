"""Settings are read, or refused with a sentence; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from loket.site import env


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("LOKET_DATA", str(tmp_path))
    env.remembered.cache_clear()
    yield
    env.remembered.cache_clear()


def test_environment_comes_before_the_file_and_the_file_before_the_default(
    monkeypatch, tmp_path
):
    assert env.text("WORD", "default") == "default"
    (tmp_path / env.FILE_NAME).write_text("# a remark\nLOKET_WORD = from file\n\n")
    env.remembered.cache_clear()
    assert env.text("WORD", "default") == "from file"
    monkeypatch.setenv("LOKET_WORD", "from environment")
    assert env.text("WORD", "default") == "from environment"


def test_secret_is_read_from_its_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("abc\n")
    monkeypatch.setenv("LOKET_WORD_FILE", str(tmp_path / "secret"))
    assert env.text("WORD") == "abc"


@pytest.mark.parametrize("value", ["yes", "true", "1", ""])
def test_flag_is_true_or_false_and_nothing_else(monkeypatch, value):
    monkeypatch.setenv("LOKET_WORD", value)
    with pytest.raises(ValueError, match="LOKET_WORD must be True or False"):
        env.flag("WORD", default=False)


@pytest.mark.parametrize("value", ["-1", "1.5", "many", ""])
def test_number_is_whole(monkeypatch, value):
    monkeypatch.setenv("LOKET_WORD", value)
    with pytest.raises(ValueError, match="LOKET_WORD must be a whole number"):
        env.number("WORD", default=1)


def test_words_are_split_at_commas(monkeypatch):
    monkeypatch.setenv("LOKET_WORD", " a, b ,,c")
    assert env.words("WORD") == ["a", "b", "c"]


def test_database_is_postgresql_by_address_or_else_sqlite(monkeypatch):
    file = Path("/srv/loket.sqlite3")
    monkeypatch.setenv("LOKET_DATABASE", "")
    assert env.database("DATABASE", sqlite=file)["NAME"] == file
    monkeypatch.setenv(
        "LOKET_DATABASE", "postgresql://lo%40ket:s%2Fecret@db:5433/loket?sslmode=require"
    )
    found = env.database("DATABASE", sqlite=file)
    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "loket", "lo@ket", "s/ecret", "db", "5433",
    ]  # fmt: skip
    assert found["OPTIONS"]["sslmode"] == "require"
    monkeypatch.setenv("LOKET_DATABASE", "mysql://db/loket")
    with pytest.raises(ValueError, match="must begin with postgresql://"):
        env.database("DATABASE", sqlite=file)
