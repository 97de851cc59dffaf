"""A private PostgreSQL and an installed Loket, thrown away at the end.

The server is the one that the tests use: nothing waits for the disk (``fsync`` and
``synchronous_commit`` are off), so that figures compare work and not disks.
"""

from __future__ import annotations

import os
import platform
from typing import Any

SERVER = {
    "shared_buffers": "1GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    # Workers would do a part of a query's work in processes that nobody counts.
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
}


def start() -> None:
    """Start the server, let Django read its settings, and install Loket."""
    os.environ.pop("LOKET_TEST_ENGINE", None)
    from tests import environment  # noqa: PLC0415 -- makes a data folder when imported

    options = " ".join(f"-c {name}={value}" for name, value in SERVER.items())
    os.environ["LOKET_DATABASE"] = environment.start_postgres(options)
    os.environ["LOKET_DEMO"] = "False"
    os.environ["LOKET_LOG_LEVEL"] = "ERROR"
    os.environ["LOKET_TRUSTED_PROXIES"] = "1"  # Each call may come from its own address.
    os.environ["DJANGO_SETTINGS_MODULE"] = "loket.site.settings"
    import django  # noqa: PLC0415 -- reads the settings made above

    django.setup()
    from loket.kernel import clock  # noqa: PLC0415 -- needs Django
    from loket.site import installing  # noqa: PLC0415 -- needs Django

    for _line in installing.install(migrate=True, at=clock.now()):
        pass


def described() -> dict[str, Any]:
    """Return what the figures were measured on."""
    import django  # noqa: PLC0415 -- after start()
    from django.db import connection  # noqa: PLC0415 -- after start()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        (size,) = cursor.fetchone()
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": f"{connection.pg_version // 10000}",
        "postgresql_settings": {"fsync": "off", "synchronous_commit": "off", **SERVER},
        "database_size": size,
    }
