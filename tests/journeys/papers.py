"""Papers to photograph, drawn here."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter


def photo(folder: Path, name: str, *, blurred: bool = False) -> Path:
    """Write a photograph of a paper and return where it is."""
    image = Image.new("RGB", (1200, 1600), "#f4f1ea")
    draw = ImageDraw.Draw(image)
    for line in range(18):
        draw.text((120, 120 + line * 72), f"CONTOH {name} {line}", fill="#222", font_size=44)
    if blurred:
        image = image.filter(ImageFilter.GaussianBlur(24))
    held = BytesIO()
    image.save(held, "JPEG", quality=82)
    path = folder / name
    path.write_bytes(held.getvalue())
    return path
