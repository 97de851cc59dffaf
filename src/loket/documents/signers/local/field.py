"""The field that the signature is put in, told to screen readers as a form field.

Without it a signed file is still archival (PDF/A), but no longer accessible (PDF/UA).
"""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic as untyped
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

NAME = "Signature"
TOLD = "Tanda tangan elektronik"

generic: Any = untyped  # pyHanko says no types for what it calls here.


def add(writer: Any) -> None:
    """Add an invisible signature field to the first page and to the structure tree."""
    append_signature_field(writer, SigFieldSpec(sig_field_name=NAME))
    fields = writer.root["/AcroForm"]["/Fields"]
    reference, widget = fields.raw_get(0), fields[0]
    tree = writer.root["/StructTreeRoot"]
    key = int(tree["/ParentTreeNextKey"])
    document = tree.raw_get("/K")
    document = document if isinstance(document, generic.IndirectObject) else document.raw_get(0)
    element = writer.add_object(_element(document, reference, widget))
    document.get_object()["/K"].append(element)
    _list_parent(tree["/ParentTree"], key, element)
    tree[generic.NameObject("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    widget[generic.NameObject("/StructParent")] = generic.NumberObject(key)
    widget[generic.NameObject("/TU")] = generic.pdf_string(TOLD)
    for changed in (
        document.get_object(),
        document.get_object()["/K"],
        tree,
        tree["/ParentTree"],
    ):
        writer.update_container(changed)
    writer.update_container(widget)


def _element(parent: Any, reference: Any, widget: Any) -> Any:
    kid = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/OBJR"),
            generic.NameObject("/Obj"): reference,
            generic.NameObject("/Pg"): widget.raw_get("/P"),
        }
    )
    return generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/StructElem"),
            generic.NameObject("/S"): generic.NameObject("/Form"),
            generic.NameObject("/P"): parent,
            generic.NameObject("/Alt"): generic.pdf_string(TOLD),
            generic.NameObject("/K"): generic.ArrayObject([kid]),
        }
    )


def _list_parent(tree: Any, key: int, element: Any) -> None:
    """Add an entry at the end of the number tree; keys are in order and this is the largest."""
    node = tree
    while "/Kids" in node:
        node = node["/Kids"][-1]
    node["/Nums"].extend([generic.NumberObject(key), element])
    if "/Limits" in node:
        node["/Limits"][1] = generic.NumberObject(key)
