"""What makes the journal append-only: the database itself refuses changes and deletions.

``operations`` belong in a migration that follows the one creating the table.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "journal_entry"
REFUSAL = "the journal is append-only"

SQLITE_FORBID = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb} BEFORE {verb.upper()} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("update", "delete")
)
SQLITE_ALLOW = tuple(
    f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")
)
POSTGRESQL_FORBID = (
    (
        f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    ),
    f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
    (
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
    ),
)
POSTGRESQL_ALLOW = (
    f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
    f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
)
FORBID = {"sqlite": SQLITE_FORBID, "postgresql": POSTGRESQL_FORBID}
ALLOW = {"sqlite": SQLITE_ALLOW, "postgresql": POSTGRESQL_ALLOW}


def forbid(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse changes to entries."""
    for statement in FORBID[editor.connection.vendor]:
        editor.execute(statement)


def allow(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Undo :func:`forbid`."""
    for statement in ALLOW[editor.connection.vendor]:
        editor.execute(statement)


operations = [migrations.RunPython(forbid, allow)]
