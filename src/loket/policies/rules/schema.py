"""The published JSON Schema (2020-12) of circulars and timelines."""

from __future__ import annotations

from typing import Any

from .format import Circular, Timeline

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def of_circular() -> dict[str, Any]:
    """Return the schema of one circular, for editors and other programs."""
    return {"$schema": DIALECT, **Circular.model_json_schema()}


def of_timeline() -> dict[str, Any]:
    """Return the schema of a timeline."""
    return {"$schema": DIALECT, **Timeline.model_json_schema()}
