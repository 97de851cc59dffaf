"""Draws one paper with Pillow, as a scan, as a photograph taken by hand, or as a blur."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from loket.documents import rendering

from .kinds import KINDS, Kind

FONTS = Path(rendering.__file__).parent / "fonts"
INK, FAINT, STAMP = "#1f2a33", "#9aa5ad", "#39559b"
TABLE = "#5a4a3d"
"""The table under a photographed paper."""

SPECIMEN = "CONTOH"
QUALITY = 55


class Look(Enum):
    """How the paper was taken."""

    SCAN = "scan"
    PHOTO = "photo"
    BLUR = "blur"


@lru_cache(maxsize=512)
def draw(kind: str, lines: tuple[tuple[str, str], ...], look: Look, width: int = 620) -> bytes:
    """Return a JPEG of a paper; the same for the same words."""
    sheet = _sheet(KINDS[kind], lines, width)
    if look is not Look.SCAN:
        sheet = _photograph(sheet, tilt=2.5 if look is Look.PHOTO else -7)
    if look is Look.BLUR:
        sheet = sheet.filter(ImageFilter.GaussianBlur(width / 90))
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY if look is not Look.BLUR else 35)
    return out.getvalue()


def as_pdf(pages: list[bytes]) -> bytes:
    """Return scans as the pages of one PDF."""
    first, *rest = [Image.open(BytesIO(page)) for page in pages]
    out = BytesIO()
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=110)
    return out.getvalue()


@lru_cache(maxsize=32)
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), size)


def _sheet(kind: Kind, lines: tuple[tuple[str, str], ...], width: int) -> Image.Image:
    height = round(width * 1.3)
    sheet = Image.new("RGB", (width, height), kind.ground)
    pen = ImageDraw.Draw(sheet)
    unit = width / 100
    _specimen(sheet, unit)
    small, normal, big = (_font(round(unit * n)) for n in (2.6, 3.0, 4.2))
    pen.text((width / 2, unit * 7), kind.issuer, INK, _font(round(unit * 3.2), bold=True), "mm")
    pen.line((unit * 6, unit * 11, width - unit * 6, unit * 11), INK, 2)
    pen.text((width / 2, unit * 17), kind.title, INK, big, "mm")
    for number, (label, value) in enumerate(lines):
        top = unit * (26 + number * 6.2)
        pen.text((unit * 8, top), label, INK, normal)
        pen.text((unit * 34, top), f":  {value}", INK, normal)
    if kind.has_portrait:
        _portrait(pen, width, unit)
    _stamp(pen, width, height, unit)
    pen.text(
        (width / 2, height - unit * 5),
        "Contoh untuk peragaan. Tidak berlaku sebagai dokumen.",
        FAINT,
        small,
        "mm",
    )
    return sheet


def _specimen(sheet: Image.Image, unit: float) -> None:
    """Write across the paper that it is none."""
    layer = Image.new("L", sheet.size, 0)
    middle = (sheet.width / 2, sheet.height / 2)
    pen = ImageDraw.Draw(layer)
    pen.text(middle, SPECIMEN, 34, _font(round(unit * 22), bold=True), "mm")
    sheet.paste("#8a8a8a", (0, 0), layer.rotate(40))


def _portrait(pen: ImageDraw.ImageDraw, width: int, unit: float) -> None:
    """Draw somebody who is nobody."""
    left, top = width - unit * 34, unit * 62
    pen.rectangle((left, top, left + unit * 26, top + unit * 34), "#b7473f")
    pen.ellipse((left + unit * 8, top + unit * 6, left + unit * 18, top + unit * 18), "#e8c9a8")
    pen.pieslice(
        (left + unit * 3, top + unit * 20, left + unit * 23, top + unit * 50),
        180,
        360,
        "#2d3f52",
    )


def _stamp(pen: ImageDraw.ImageDraw, width: int, height: int, unit: float) -> None:
    """Draw a round stamp and a stroke of a pen."""
    x, y = width * 0.24, height - unit * 22
    for size in (11, 9.6):
        pen.ellipse((x - unit * size, y - unit * size, x + unit * size, y + unit * size),
                    outline=STAMP, width=2)  # fmt: skip
    pen.text((x, y), SPECIMEN, STAMP, _font(round(unit * 3), bold=True), "mm")
    points = [(x + unit * n * 2, y + unit * (3 if n % 2 else -4) + n) for n in range(2, 12)]
    pen.line(points, STAMP, 3, "curve")


def _photograph(sheet: Image.Image, *, tilt: float) -> Image.Image:
    """Lay the paper on a table, askew and half in the shade."""
    width, height = sheet.size
    margin = width // 14
    table = Image.new("RGB", (width + 2 * margin, height + 2 * margin), TABLE)
    mask = Image.new("L", sheet.size, 255)
    laid = sheet.rotate(tilt, expand=True, resample=Image.Resampling.BILINEAR)
    shape = mask.rotate(tilt, expand=True)
    place = ((table.width - laid.width) // 2, (table.height - laid.height) // 2)
    table.paste(laid, place, shape)
    slope = Image.linear_gradient("L").rotate(115).crop((60, 60, 196, 196))  # no empty corners
    shade = slope.resize(table.size)
    return Image.composite(table, table.point(lambda level: level * 0.72), shade)
