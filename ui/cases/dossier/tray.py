"""Scanned pages that wait for a person: the page, why it waits, the paper it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from enforcer.operations import scans as deeds
from enforcer.operations.scans import AssignForm, SetAsideForm
from enforcer.queries import scans
from enforcer.queries.scans import PaperChoice, ScanRow
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.inputs import CountEdit, LineEdit, Tick
from ui.widgets.moments import show_moment

_ROW = Qt.ItemDataRole.UserRole


class ScanTrayDialog(Dialog):
    """Left the waiting pages, in the middle the page itself, right the paper to choose."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self.rows: list[ScanRow] = []
        self.choices: list[PaperChoice] = []
        self.turn = 0
        self._whole = QPixmap()
        self.setWindowTitle("待认领的扫描页")
        self.setModal(True)
        self.pages = QListWidget()
        self.pages.setAccessibleName("待认领的扫描页")
        self.pages.setObjectName("tray_pages")
        self.pages.setWordWrap(True)
        self.pages.currentRowChanged.connect(lambda _: self._turn_to())
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumSize(360, 420)
        self.picture.setAccessibleName("扫描页的图像")
        self.why = label("", "quiet", wrap=True)
        self.search = LineEdit(placeholder="文号、文书名称、案号或者当事人")
        self.search.setObjectName("tray_search")
        self.search.textChanged.connect(lambda _: self._look())
        self.papers = QListWidget()
        self.papers.setAccessibleName("文书")
        self.papers.setObjectName("tray_papers")
        self.papers.setWordWrap(True)
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.number = CountEdit(least=1, most=143)
        self.number.setObjectName("tray_page")
        self.instead = Tick("代替已有的扫描页")
        self.message = Banner("bad")
        self.message.hide()
        self._lay_out()
        self.resize(
            min(1180, parent.window().width() - 40), min(660, parent.window().height() - 30)
        )
        self.refresh()
        self._look()
        self.pages.setFocus()

    def _lay_out(self) -> None:
        self.aside = button("不归卷…", "void", on=self.set_aside)
        self.turning = button("旋转", "refresh", keys="Ctrl+R", on=self.rotate)
        self.file = button("归到这份文书", "ok", keys="Ctrl+Enter", main=True, on=self.assign)
        self.file.setObjectName("tray_assign")
        self.leave = button("关闭　Esc", on=self.reject)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.why)
        right.addWidget(Field("属于哪份文书", self.search))
        right.addWidget(self.papers, 1)
        right.addWidget(Field("第几页", self.number))
        right.addWidget(self.instead)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        self.pages.setFixedWidth(240)
        columns.addWidget(self.pages)
        columns.addWidget(self.picture, 3)
        columns.addLayout(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 14)
        whole.setSpacing(12)
        whole.addWidget(self.message)
        whole.addLayout(columns, 1)
        self.bar = ActBar(self.aside, self.turning, self.file, self.leave)
        whole.addWidget(self.bar)

    def refresh(self) -> None:
        """Ask again what waits."""
        self.context.tasks.ask(scans.tray, self._show, owner=self, latest="tray")

    def _show(self, rows: list[ScanRow]) -> None:
        self.rows = rows
        self.pages.clear()
        for one in rows:
            text = f"{one.file}　第 {one.position} 页\n{show_moment(one.taken_at)}　{one.taken_by}"
            item = QListWidgetItem(text)
            item.setData(_ROW, one.id)
            self.pages.addItem(item)
        if rows:
            self.pages.setCurrentRow(0)
        else:
            self._whole = QPixmap()
            self.picture.setText("没有待认领的扫描页。")
            self.why.setText("")
        for act in (self.aside, self.turning, self.file):
            act.setEnabled(bool(rows))

    @property
    def row(self) -> ScanRow | None:
        at = self.pages.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _turn_to(self) -> None:
        row = self.row
        if row is None:
            return
        self.turn = 0
        self.why.setText(row.say)
        self.number.setValue(row.page or 1)
        self.instead.setChecked(False)
        self.context.tasks.ask(
            lambda store: scans.picture(store, row.id),
            self._picture,
            owner=self,
            failed=in_place(self.message),
            latest="picture",
        )
        if row.document_id is not None:
            self.search.setText(row.number or row.title)

    def _picture(self, data: bytes) -> None:
        self._whole.loadFromData(data)
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        turned = self._whole.transformed(QTransform().rotate(self.turn))
        self.picture.setPixmap(
            turned.scaled(
                self.picture.size(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )

    def rotate(self) -> None:
        """A quarter turn clockwise."""
        self.turn = (self.turn + 90) % 360
        self._fit()

    def _look(self) -> None:
        words = self.search.text()
        self.context.tasks.ask(
            lambda store: scans.papers(store, words), self._offer, owner=self, latest="papers"
        )

    def _offer(self, found: list[PaperChoice]) -> None:
        self.choices = found
        self.papers.clear()
        for one in found:
            self.papers.addItem(one.say)
        if len(found) == 1:
            self.papers.setCurrentRow(0)

    # what is done

    def assign(self) -> None:
        """File the page where the person says."""
        row, at = self.row, self.papers.currentRow()
        if row is None:
            return
        if not 0 <= at < len(self.choices):
            self.message.say("warn", "先选定它属于哪一份文书。")
            self.papers.setFocus()
            return
        form = AssignForm(
            request_id=uuid4(),
            page_id=row.id,
            document_id=self.choices[at].document_id,
            page=self.number.value(),
            instead=self.instead.isChecked(),
            turn=self.turn or None,
        )
        self._do(lambda store, **who: deeds.assign_scan(store, form, **who))

    def set_aside(self) -> None:
        """The page is no page of a paper; the reason is kept."""
        row = self.row
        if row is None:
            return
        dialog = ConfirmDialog(
            self,
            "这一页不归卷？",
            "扫描件原样保留，不再出现在待认领里。",
            "不归卷",
            reason="理由",
        )

        def go() -> None:
            form = SetAsideForm(request_id=uuid4(), page_id=row.id, reason=dialog.reason)
            self._do(lambda store, **who: deeds.set_aside_scan(store, form, **who))

        dialog.accepted.connect(go)
        dialog.open()

    def _do(self, deed: Callable[..., int]) -> None:
        clock, actor = self.context.clock, self.context.actor
        self.context.tasks.do(
            lambda store: deed(store, today=clock.today(), now=clock.now(), actor=actor),
            self._done,
            owner=self,
            failed=in_place(self.message),
        )

    def _done(self, _: Any) -> None:
        self.message.hide()
        self.refresh()
        self.pages.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
