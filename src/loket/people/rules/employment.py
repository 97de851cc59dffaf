"""How somebody on the staff is employed, and the numbers that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.kernel.errors import Invalid
from loket.kernel.identifiers import digits, nip, phones

CONTRACT = "pjlp"
KINDS: dict[str, str | Promise] = {
    "pns": gettext_lazy("PNS"),
    "pppk": gettext_lazy("PPPK"),
    "pjlp": gettext_lazy("PJLP"),
}
NRK_LENGTH = 6
Wrong = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An employment that can be: the NIP fits the kind, and the birthday the NIP."""

    kind: str
    nip: str | None
    nrk: str
    born_on: date | None
    phone: str


def read(
    *, kind: str, number: str = "", nrk: str = "", born_on: date | None = None, phone: str = ""
) -> Record:
    """Return an employment as it was meant.

    :raises Invalid: with a sentence for every field that is wrong.
    """
    wrong: Wrong = {}
    if kind not in KINDS:
        wrong["kind"] = [_("Write how somebody is employed: PNS, PPPK or PJLP.")]
    known = _nip(kind, number, wrong)
    if known and born_on and known.birth_date != born_on:
        wrong["born_on"] = [
            _("The NIP says that the birthday is %(day)s.")
            % {"day": f"{known.birth_date:%d/%m/%Y}"}
        ]
    record = Record(
        kind=kind,
        nip=known.number if known else None,
        nrk=_nrk(nrk, wrong),
        born_on=known.birth_date if known else born_on,
        phone=_phone(phone, wrong),
    )
    if wrong:
        raise Invalid(
            " ".join(line for lines in wrong.values() for line in lines), fields=wrong
        )
    return record


def _nip(kind: str, number: str, wrong: Wrong) -> nip.Nip | None:
    if kind == CONTRACT or not number.strip():
        if kind == CONTRACT and number.strip():
            wrong["nip"] = [_("Who works on contract (PJLP) has no NIP.")]
        elif kind in KINDS and kind != CONTRACT:
            wrong["nip"] = [_("PNS and PPPK have a NIP of 18 digits.")]
        return None
    if found := nip.problems(number):
        wrong["nip"] = found
        return None
    known = nip.read(number)
    if kind == "pns" and known.appointed_month is None:
        wrong["nip"] = [
            _("Digits 13 and 14 of this NIP are no month: it is the number of a PPPK.")
        ]
    return known


def _nrk(text: str, wrong: Wrong) -> str:
    number = digits.compact(text)
    if number and not (number.isascii() and number.isdigit() and len(number) == NRK_LENGTH):
        wrong["nrk"] = [_("An NRK has 6 digits.")]
    return number


def _phone(text: str, wrong: Wrong) -> str:
    if not text.strip():
        return ""
    try:
        return phones.normalise(text)
    except Invalid as refusal:
        wrong["phone"] = [str(refusal)]
        return ""
