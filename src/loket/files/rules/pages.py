"""One page of a kept file as a picture, for a viewer that opens nothing else."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import Image

WIDTHS = (160, 480, 1000, 2000)
"""A few widths, so that asking for every number cannot fill the disk."""

TALLEST = 4000
QUALITY = 85


def fit(width: int) -> int:
    """Return the smallest offered width that is enough."""
    return next((offered for offered in WIDTHS if offered >= width), WIDTHS[-1])


def draw(data: bytes, media_type: str, *, page: int, width: int) -> bytes:
    """Return a page, counted from 1, as JPEG of at most this width.

    :raises IndexError: if there is no such page.
    """
    out = BytesIO()
    if media_type == "application/pdf":
        image = _draw_pdf(data, page, width)
    elif page == 1:
        image = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
        image.draft("RGB", (width, TALLEST))
        image.thumbnail((width, TALLEST), reducing_gap=2.0)
    else:
        raise IndexError(page)
    image.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _draw_pdf(data: bytes, page: int, width: int) -> Image.Image:
    pdf = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= page <= len(pdf):
            raise IndexError(page)
        if pdf.get_formtype():
            pdf.init_forms()
        sheet = pdf[page - 1]
        across, down = sheet.get_size()
        scale = min(width / max(across, 1), TALLEST / max(down, 1))
        drawn: Image.Image = sheet.render(scale=scale).to_pil()
        return drawn
    finally:
        pdf.close()
