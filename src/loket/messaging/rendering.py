"""Notices as files: ``notices/<notice>.<language>.txt``, and ``.sms.<language>.txt`` for SMS.

The first line is the title; the body follows an empty line. Facts named ``…_on`` that are
ISO dates are written out in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.template import Context, Engine, TemplateDoesNotExist
from django.utils import translation
from django.utils.formats import date_format

from loket.kernel.texts import LANGUAGES

NOTICES = Path(__file__).parent / "notices"
_engine = Engine(dirs=[str(NOTICES)], autoescape=False)


def words(
    notice: str, *, sms: bool, language: str, facts: Mapping[str, str]
) -> tuple[str, str]:
    """Return the title and the body of a notice in a language.

    :raises TemplateDoesNotExist: if nobody wrote it.
    """
    language = read_language(language)
    text = _render(f"{notice}.{language}.txt", language, facts)
    title, _empty, body = text.partition("\n\n")
    if sms:
        try:
            body = _render(f"{notice}.sms.{language}.txt", language, facts)
        except TemplateDoesNotExist:
            body = f"Loket: {title.strip()}"
    return " ".join(title.split()), re.sub(r"\n{3,}", "\n\n", body.strip())


def read_language(wanted: str) -> str:
    """Return the language a notice is written in; anything unknown reads Indonesian."""
    short = wanted.partition("-")[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]


def _render(file: str, language: str, facts: Mapping[str, str]) -> str:
    with translation.override(language):
        said = {name: _written_out(name, fact) for name, fact in facts.items()}
        return _engine.get_template(file).render(Context(said, autoescape=False))


def _written_out(name: str, fact: str) -> str:
    if not name.endswith("_on"):
        return fact
    try:
        return str(date_format(date.fromisoformat(fact), "j F Y"))
    except ValueError:
        return fact
