"""Photos are decoded and written anew: what is kept is dots, and nothing else of what came.

So EXIF with the place and the device, comments, profiles, second pictures and whatever hides
behind the end are gone without anybody having to list them.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from PIL import ExifTags, Image, ImageOps

from .structure import WEBP_HEAD, is_cut_off, webp_size
from .verdict import Refused

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # The limits below are ours, and give a sentence.

FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/webp": ("WEBP",),
    "image/heic": ("HEIF",),
}
MEGAPIXELS = {"image/jpeg": 64, "image/png": 50, "image/webp": 50, "image/heic": 50}
"""JPEG decodes at a half or a quarter of its size; the others must be decoded whole."""

SMALLEST_SIDE = 100
LONGEST_SIDE = 3000
"""An A4 page at 3000 dots is 256 dpi: the small print of a certificate stays readable."""

QUALITY = 88
PNG_LIMIT = 4 * 1024 * 1024
"""A larger PNG is a photo, not a drawing, and becomes a JPEG."""

WHITE = (255, 255, 255)


@dataclass(frozen=True)
class CleanImage:
    """The dots that were kept."""

    data: bytes
    media_type: str
    width: int
    height: int
    changes: tuple[str, ...]


def clean(data: bytes, media_type: str) -> CleanImage:
    """Return the picture, upright, at most 3000 dots long, without anything else.

    :raises Refused: if it is too small, too large, moves or breaks off.
    """
    _look_before_decoding(data, media_type)
    with Image.open(BytesIO(data), formats=FORMATS[media_type]) as image:
        _measure(image.size, MEGAPIXELS[media_type])
        if media_type != "image/heic" and image.format != "MPO" and _moves(image):
            raise Refused("animated")
        full = max(image.size)
        located = _has_place(image)
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        _load(image, cut_off=is_cut_off(media_type, data))
        upright = _upright(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    kept, kept_type = _write(_flatten(upright), as_png=media_type == "image/png")
    changes = {
        "location": located,
        "reduced": full > LONGEST_SIDE,
        "converted": kept_type != media_type,
    }
    return CleanImage(
        kept, kept_type, *upright.size, tuple(name for name, is_so in changes.items() if is_so)
    )


def _look_before_decoding(data: bytes, media_type: str) -> None:
    if media_type != "image/webp" or len(data) < WEBP_HEAD:
        return
    width, height, moves = webp_size(data)
    _measure((width, height), MEGAPIXELS[media_type])
    if moves:
        raise Refused("animated")


def _measure(size: tuple[int, int], limit: int) -> None:
    width, height = size
    if width * height > limit * 1_000_000:
        raise Refused("bomb", megapixels=round(width * height / 1_000_000), limit=limit)
    if min(size) < SMALLEST_SIDE:
        raise Refused("tiny", width=width, height=height)


def _moves(image: Image.Image) -> bool:
    return bool(getattr(image, "is_animated", False))


def _has_place(image: Image.Image) -> bool:
    try:
        return bool(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001 -- broken EXIF is no reason to refuse: it goes anyway
        return False


def _load(image: Image.Image, *, cut_off: bool) -> None:
    try:
        image.load()
    except MemoryError:
        raise
    except Exception as error:
        if cut_off or "truncated" in str(error):
            raise Refused("truncated") from error
        raise
    if cut_off:
        raise Refused("truncated")


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 -- broken EXIF: the picture is kept as its dots lie
        return image.copy()


def _flatten(image: Image.Image) -> Image.Image:
    """Return grey or RGB dots on white: transparency can hide what an officer should see."""
    if image.mode in {"L", "RGB"}:
        return image
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.convert("I").point([i / 256 for i in range(65536)], "L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, WHITE)
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("L" if image.mode in {"1", "LA"} else "RGB")


def _write(image: Image.Image, *, as_png: bool) -> tuple[bytes, str]:
    image.info = {}  # what a file said about itself would be written again
    out = BytesIO()
    if as_png:
        image.save(out, "PNG")
        if out.tell() <= PNG_LIMIT:
            return out.getvalue(), "image/png"
        out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), "image/jpeg"
