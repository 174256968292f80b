"""What tests of 文书模板 read: places, pieces, the paper in the preview, editions of the office."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any, cast

from pypdf import PdfReader
from PySide6.QtCore import Qt
from sqlmodel import select

from enforcer.models import TemplateEdition
from enforcer.operations import editions
from enforcer.operations.editions import TemplateEditionForm
from enforcer.store.database import Store
from tests.operations.test_editions import edited
from tests.ui.register_desk import CTRL
from ui.templates.chip_edit import ChipEdit

DECISION, SAVE = "penalty_decision", (Qt.Key.Key_Return, CTRL)


def place(editor: Any, said: str) -> str:
    """The address of the piece that holds these words."""
    return next(a for a, one in editor.pieces.fields.items() if said in one.read())


def piece(editor: Any, said: str) -> ChipEdit:
    return cast("ChipEdit", editor.pieces.edit_at(place(editor, said)))


def paper(editor: Any) -> str:
    """Every word of the paper in the preview."""
    pages = PdfReader(BytesIO(editor.preview.pdf)).pages
    return "".join("".join(one.extract_text().split()) for one in pages)


def own(store: Store) -> list[TemplateEdition]:
    with store.reading() as session:
        return list(session.exec(select(TemplateEdition).order_by(TemplateEdition.edition)))


def an_edition(store: Store, now: datetime, from_on: date | None = None) -> None:
    body = edited(DECISION, "联系电话：【当事人电话", "电话：【当事人电话｜空则/】")
    form = TemplateEditionForm(
        template_key=DECISION, from_on=from_on or now.date(), body=body, note="按市局的样式"
    )
    editions.save_template_edition(store, form, today=now.date(), now=now, actor="何志远")
