"""Fail when a model has changed and no migration says so."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")
os.environ.setdefault("LOKET_SECRET_KEY", "only-for-this-check")
os.environ.setdefault("LOKET_DATA", tempfile.mkdtemp(prefix="loket-check-"))

import django
from django.core.management import call_command

django.setup()
call_command("makemigrations", check=True, dry_run=True)
