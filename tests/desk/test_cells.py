"""No cell of the exported list runs in a spreadsheet."""

import pytest

from loket.desk import spreadsheets


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("Melati Putri", "Melati Putri"),
        ("Nur-Aini; Siti", "Nur-Aini; Siti"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        (" +1", "' +1"),
        ("\t=1", "'\t=1"),
        ("A;=HYPERLINK(1)", "A;'=HYPERLINK(1)"),
        ("A; @SUM(1)", "A;' @SUM(1)"),
        ("\uff1dHYPERLINK(1)", "'\uff1dHYPERLINK(1)"),
    ],
)
def test_cell_cannot_be_a_formula(typed, cell) -> None:
    assert spreadsheets.as_text(typed) == cell
