"""Several PDF files as one, in order; the files themselves stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from enforcer.errors import Trouble


def join(files: Sequence[bytes]) -> bytes:
    """All pages of all files, one paper a page, each page drawn by one stream."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError
    from pypdf.generic import DecodedStreamObject, NameObject

    writer = PdfWriter()
    try:
        for one in files:
            for page in PdfReader(BytesIO(one)).pages:
                writer.add_page(page)
        for page in writer.pages:
            content = page.get_contents()
            whole = DecodedStreamObject()
            whole.set_data(content.get_data() if content is not None else b"")
            page[NameObject("/Contents")] = writer._add_object(whole.flate_encode())
    except PyPdfError as error:
        raise Trouble(f"有一份 PDF 已损坏，不能打印（{error}）。请从备份恢复该文件。") from error
    writer.add_metadata({"/Producer": "Enforcer", "/PerSheet": "1"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
