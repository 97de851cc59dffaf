"""Tables that people send: CSV as spreadsheets write it, and XLSX."""

from .reading import MOST_BYTES, MOST_ROWS, read
from .values import Cell, Formula, Mistake, Row, Value

__all__ = ["MOST_BYTES", "MOST_ROWS", "Cell", "Formula", "Mistake", "Row", "Value", "read"]
