"""A worker in a process of its own, on the database of the tests.

Arguments: the name of the database, the seconds of a lease, the number of threads.
"""

import sys
from datetime import timedelta

import django
from django.apps import apps
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    for config in apps.get_app_configs():
        config.periodic = {}  # only what a test queued
    from loket.jobs import worker

    worker.run(
        threads=int(sys.argv[3]),
        stop=worker.stop_on_signals(),
        lease=timedelta(seconds=float(sys.argv[2])),
    )
