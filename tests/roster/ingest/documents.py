"""Files built for the tests: a PDF and a DOCX of an invented person, and hostile ones."""

from __future__ import annotations

import io
import zlib

import docx
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

CV_LINES = (
    "Marta KOWALCZYK-OLSEN",
    "marta.kowalczyk@post.example",
    "Nationality: Polish",
    "Work experience",
    "03/2015 - present",
    "Head of Unit, Legal Migration",
    "Ministry of the Interior, Warsaw, Poland",
    "Education",
    "2004 - 2009  Master of Laws, University of Warsaw",
    "Languages",
    "Polish: mother tongue",
    "French: C1",
    "References",
    "Mr John Referee, Swedish Migration Agency, john.referee@agency.example, +46 10 000 11 22",
)


def pdf_of(lines: tuple[str, ...] = CV_LINES) -> bytes:
    """Return a PDF with one line of text under the other."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 22 * number, line)
    canvas.save()
    return buffer.getvalue()


def docx_of(lines: tuple[str, ...] = CV_LINES) -> bytes:
    """Return a DOCX with one paragraph per line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of())))
    writer.encrypt("secret")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def picture_pdf() -> bytes:
    """Return a PDF that holds a picture and no letter."""
    from PIL import Image  # noqa: PLC0415 - only this file needs it
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 200)), 50, 300, 400, 400)
    canvas.save()
    return buffer.getvalue()


def deflate_bomb() -> bytes:
    """Return a small PDF whose page unpacks to 400 MB of drawing commands."""
    engine = zlib.compressobj(9)
    block = b"BT (a) Tj ET\n" * 80_000
    packed = b"".join(engine.compress(block) for _ in range(400)) + engine.flush()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 5\n0000000000 65535 f \n"
    return body + head + table + b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % len(body)


ENTITY_BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><x>&b;</x></SkillsPassport>"""

SECRET_ENTITY = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><x>&a;</x></SkillsPassport>"""
