"""The components. Each renders one template in ``ui/parts`` or ``ui/field``.

User-entered text is shown inside ``dir="auto"`` or ``<bdi>``, so that a name written from
right to left cannot disturb what stands beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from loket.kernel import durations
from loket.ui.icons import ICONS

register = template.Library()

HTMX = json.dumps(
    {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "historyCacheSize": 0,
        "selfRequestsOnly": True,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "422", "swap": True},
            {"code": "[45]..", "swap": True, "error": True},
        ],
    }
)
NOTICE_ICONS = {
    "info": "info",
    "good": "check",
    "success": "check",
    "warning": "warning",
    "bad": "warning",
    "error": "warning",
    "debug": "info",
}
LEVELS = {"success": "good", "error": "bad", "debug": "info"}
SETS = frozenset({"radio", "date", "checkboxes"})
"""Kinds of several inputs under one label: a fieldset with a legend."""


@register.simple_tag
def htmx_config() -> str:
    """Return how htmx must behave under a policy without inline code."""
    return HTMX


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; without a label it is hidden from screen readers."""
    drawing = mark_safe(ICONS[name])  # noqa: S308 -- drawn in icons.py
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">'
            '<path d="{}"/></svg>',
            label,
            drawing,
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        drawing,
    )


@register.filter
def field_id(path: str) -> str:
    """Return the element id of the field that answers a path such as ``mother.nik``."""
    return "f-" + str(path).replace(".", "-")


@register.filter
def get(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """Return the value of a key, or nothing."""
    return (mapping or {}).get(key)


@register.filter
def in_hours(minutes: int) -> str:
    """Return minutes as people say them: “2 h 5 min”."""
    return durations.in_hours(minutes)


@register.simple_block_tag
def panel(content: str, title: str = "", kind: str = "", element_id: str = "") -> str:
    """Frame what belongs together."""
    context = {"content": content, "title": title, "kind": kind, "id": element_id}
    return render_to_string("ui/parts/panel.html", context)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", alert: bool = False) -> str:
    """Tell something that must not be missed: info, good, warning or bad."""
    context = {
        "content": content,
        "kind": LEVELS.get(kind, kind),
        "icon": NOTICE_ICONS.get(kind, "info"),
        "title": title,
        "alert": alert,
    }
    return render_to_string("ui/parts/notice.html", context)


@register.simple_block_tag
def fold(content: str, label: str, is_open: bool = False) -> str:
    """Hide what only some readers want behind a summary."""
    context = {"content": content, "label": label, "is_open": is_open}
    return render_to_string("ui/parts/fold.html", context)


@register.simple_block_tag
def row(content: str, label: str, change: str = "", what: str = "") -> str:
    """Show one answer in a ``<dl class="summary">``, with a link to change it."""
    context = {"content": content, "label": label, "change": change, "what": what}
    return render_to_string("ui/parts/row.html", context)


@register.simple_block_tag
def empty(content: str, title: str = "") -> str:
    """Say that a list has nothing in it, and what to do."""
    return render_to_string("ui/parts/empty.html", {"content": content, "title": title})


@register.simple_tag
def button(label: str, **options: Any) -> str:
    """Draw a button, or a link that looks like one when it has an ``href``.

    Options: href, kind (``plain``, ``danger``, ``quiet``, ``big``), icon, name, value,
    formaction; any other becomes an attribute, ``hx_get`` as ``hx-get``.
    """
    own = {key: options.pop(key, "") for key in ("href", "kind", "icon")}
    context = {"label": label, **own, "attributes": _attributes(options)}
    return render_to_string("ui/parts/button.html", context)


@register.simple_tag
def tag(label: str, kind: str = "") -> SafeString:
    """Draw a status: plain, ``good``, ``warning``, ``bad`` or ``quiet``."""
    return format_html('<strong class="tag {}">{}</strong>', kind, label)


@register.inclusion_tag("ui/parts/back.html")
def back(href: str, label: str = "") -> dict[str, Any]:
    """Lead one page back."""
    return {"href": href, "label": label}


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(*steps: str) -> dict[str, Any]:
    """Lead up: alternating label and address; the last label may stand alone."""
    pairs = [tuple(steps[i : i + 2]) for i in range(0, len(steps), 2)]
    return {"steps": [(label, rest[0] if rest else "") for label, *rest in pairs]}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, Any]:
    """Show what happened, newest first.

    Items have ``at`` and ``title``, and perhaps ``by``, ``words``, a ``quote`` of what
    somebody wrote, and ``parts`` that it is about.
    """
    return {"items": items}


@register.inclusion_tag("ui/parts/files.html")
def files(items: Iterable[Any], remove: str = "") -> dict[str, Any]:
    """Show uploaded files: items have ``ref``, ``name``, ``about``, ``url``, ``image``."""
    return {"items": items, "remove": remove}


@register.inclusion_tag("ui/parts/progress.html")
def progress(now: int, of: int, label: str = "") -> dict[str, Any]:
    """Show how far along a form is, in sections."""
    return {"now": now, "of": of, "label": label, "parts": range(1, of + 1)}


@register.inclusion_tag("ui/parts/more.html")
def more(href: str, first: str = "") -> dict[str, Any]:
    """Lead to the next page of a list that is read by key, and back to its start."""
    return {"href": href, "first": first}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(
    errors: Mapping[str, Iterable[str]] | None,
    title: str = "",
    labels: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """List what is wrong at the top of the page; each line leads to its field.

    ``labels`` says by path what a field asks, where several are on the page. A title that
    the only line would repeat is left to the line.
    """
    named = labels or {}
    pairs = [
        (field_id(path), f"{named[path]}: {line}" if path in named else line)
        for path, lines in (errors or {}).items()
        for line in lines
    ]
    said = str(title or "")
    return {"pairs": pairs, "title": "" if [line for _, line in pairs] == [said] else said}


@register.simple_tag
def field(name: str, label: str, kind: str = "text", **options: Any) -> str:
    """Draw one question: label, hint, errors and input.

    ``kind``: text, email, tel, number, password, digits, code, textarea, select, radio,
    checkbox, date, time, file. Options: value, hint, errors, warnings, choices (value and
    label, and a hint if any), large (the label is the page's heading), optional,
    width, id (when a page has several fields of one name); any other becomes an attribute of
    the input, ``hx_get`` as ``hx-get``.
    """
    own = {
        key: options.pop(key, None)
        for key in (
            "value",
            "hint",
            "errors",
            "warnings",
            "choices",
            "large",
            "optional",
            "width",
            "inline",
            "blank",
        )
    }
    identity = options.pop("id", "") or field_id(name)
    described = [f"{identity}-{part}" for part in ("hint", "errors", "warnings") if own[part]]
    context = {
        **own,
        "name": name,
        "label": label,
        "kind": kind,
        "id": identity,
        "described": " ".join(described),
        "is_set": kind in SETS,
        "input": f"ui/field/{kind if kind in OWN_INPUT else 'text'}.html",
        "type": TYPES.get(kind, kind),
        "attributes": _attributes({**DEFAULTS.get(kind, {}), **options}),
    }
    return render_to_string("ui/field.html", context)


OWN_INPUT = frozenset({"textarea", "select", "radio", "checkbox", "date", "file"})
TYPES = {"digits": "text", "code": "text", "text": "text"}
DEFAULTS: dict[str, dict[str, str]] = {
    "digits": {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
    "code": {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"},
    "email": {"autocomplete": "email", "spellcheck": "false"},
    "tel": {"autocomplete": "tel"},
    "text": {"dir": "auto"},
    "textarea": {"dir": "auto"},
}


def _attributes(options: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return options as attributes; a false one is left out, a true one has no value."""
    return [
        (key.rstrip("_").replace("_", "-"), "" if value is True else value)
        for key, value in options.items()
        if value not in (None, False, "")
    ]
