"""Several PDF files as one, and pages set apart; the files themselves stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from enforcer.errors import Trouble


def apart(pdf: bytes) -> bytes:
    """The same file, each page with resources of its own.

    Pages of a batch share theirs, and what is laid over one of them would stand for all.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    for page in writer.pages:
        shared: Any = page["/Resources"].get_object()
        own = DictionaryObject(shared)
        if "/XObject" in shared:
            own[NameObject("/XObject")] = DictionaryObject(shared["/XObject"].get_object())
        page[NameObject("/Resources")] = own
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def join(files: Sequence[bytes]) -> bytes:
    """All pages of all files, one paper a page."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    if len(files) == 1:
        return files[0]
    writer = PdfWriter()
    try:
        for one in files:
            for page in PdfReader(BytesIO(one)).pages:
                writer.add_page(page)
    except PyPdfError as error:
        raise Trouble(f"有一份 PDF 已损坏，不能打印（{error}）。请从备份恢复该文件。") from error
    out = BytesIO()
    writer.add_metadata({"/Producer": "Enforcer", "/PerSheet": "1"})
    writer.write(out)
    return out.getvalue()
