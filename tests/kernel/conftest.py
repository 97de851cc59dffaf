from __future__ import annotations

from hypothesis import settings

# A busy machine makes single examples slow; that says nothing about the rules.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
