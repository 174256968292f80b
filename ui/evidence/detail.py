"""One file beside the list: what was read, what differs, where it lies, what was done with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.evidence_terms import AfterDecision, MediaKind, ProblemKind
from enforcer.queries import evidence, evidence_history, evidence_items, recording_copies
from enforcer.queries.evidence import FileRow, UseRow
from enforcer.queries.evidence_history import ActRow
from enforcer.queries.evidence_items import ItemRow
from enforcer.queries.evidence_reading import said
from ui.context import Context
from ui.evidence.still_view import StillView
from ui.evidence.stills import PICTURED, of_file, of_item
from ui.evidence.words import NEXT_STEP, keep_words, length_words, lies_words, size_words
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, Scrolled, button, label
from ui.widgets.moments import show_moment

WIDTH = 372
STILL = QSize(322, 181)
_LONG = re.compile(r"[!-~]{18}(?=[!-~]{3})")


@dataclass(frozen=True, slots=True)
class FileDetail:
    """What the panel shows of one file."""

    row: FileRow
    path: Path | None
    there: bool
    acts: tuple[ActRow, ...]
    items: tuple[ItemRow, ...]
    original: str
    copy: str


def ask(store: Any, file_id: int) -> FileDetail | None:
    """Everything known of one file."""
    row = evidence.file_row(store, file_id)
    if row is None:
        return None
    path = evidence.path_of(store, file_id)
    cases = dict.fromkeys(one.case_id for one in row.uses if one.case_id is not None)
    items = [
        one
        for case_id in cases
        for one in evidence_items.item_rows(store, case_id)
        if one.file_id == file_id
    ]
    copy = recording_copies.second_copies(store, [file_id]).get(file_id)
    before = evidence.file_row(store, row.derived_from_id) if row.derived_from_id else None
    return FileDetail(
        row,
        path,
        path is not None and path.is_file(),
        tuple(evidence_history.acts(store, file_id)),
        tuple(items),
        before.name if before else "",
        copy.say if copy else "没有",
    )


class DetailPanel(Card):
    """The file selected; acts are asked by name: view, assign, unlink, copy_hash."""

    acted = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=8)
        self.context = context
        self.setFixedWidth(WIDTH)
        self.detail: FileDetail | None = None
        self.body.setContentsMargins(18, 14, 10, 12)
        self.title = label("", "section", wrap=True)
        self.body.addWidget(self.title)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(8)
        self.body.addWidget(Scrolled(self._inside), 1)
        self.view_button = button("查看", "play", main=True, on=partial(self._act, "view"))
        self.assign_button = button("归到案件　F6", "cases", on=partial(self._act, "assign"))
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch()
        acts.addWidget(self.assign_button)
        acts.addWidget(self.view_button)
        self.body.addLayout(acts)
        self.show_file(None, None)

    def _act(self, key: str) -> None:
        if self.detail is not None:
            self.acted.emit(key, self.detail.row.id)

    def show_file(self, detail: FileDetail | None, problem: ProblemKind | None) -> None:
        """Show this file; None empties the panel."""
        self.detail = detail
        while (item := self.column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        usable = detail is not None and not detail.row.deleted
        self.view_button.setEnabled(usable)
        self.assign_button.setEnabled(usable)
        if detail is None:
            self.title.setText("没有选中文件")
            self.column.addWidget(label("在左边的列表中选一个文件，这里显示它的全部登记。", "quiet",
                                        wrap=True))  # fmt: skip
            self.column.addStretch()
            return
        row = detail.row
        self.title.setText(_breakable(row.name))
        self.view_button.setText("查看照片" if row.media is MediaKind.PHOTO else "查看")
        self._show_still(row)
        self._show_banners(detail, problem)
        self._show_facts(detail)
        self._show_uses(row)
        self._show_items(detail)
        self._show_acts(detail)
        self.column.addStretch()

    def _show_still(self, row: FileRow) -> None:
        if row.media not in PICTURED or row.deleted:
            return
        self.still = StillView(self.context, of_file(row), STILL)
        self.still.setCursor(Qt.CursorShape.PointingHandCursor)
        self.still.pressed.connect(self.view_button.click)
        self.column.addWidget(self.still)

    def _show_banners(self, detail: FileDetail, problem: ProblemKind | None) -> None:
        row = detail.row
        if row.deleted:
            self._say("info", "这个文件已经到期删除，只留有登记和校验值。")
        elif problem is not None:
            self._say("bad", f"最近一次检查：{problem.label}。{NEXT_STEP[problem]}")
        elif detail.path is None:
            self._say("warn", f"保存在“{row.volume_label}”上，这块磁盘现在没有接上。")
        elif not detail.there:
            self._say("bad", f"文件不见了。{NEXT_STEP[ProblemKind.MISSING]}")
        for one in row.uses:
            if one.after_decision is not AfterDecision.NO:
                self._say("warn", f"{one.case_number or one.action.label}："
                          + "".join(one.remarks[-1:]))  # fmt: skip
        for remark in row.remarks:
            self._say("warn", remark)

    def _say(self, kind: str, text: str) -> None:
        made = Banner(kind, text)
        made.layout().setContentsMargins(10, 6, 8, 6)  # type: ignore[union-attr]
        self.column.addWidget(made)

    def _show_facts(self, detail: FileDetail) -> None:
        row = detail.row
        inner = "照片信息" if row.media is MediaKind.PHOTO else "媒体信息"
        clocks = [("文件名", row.name_at), (inner, row.media_at), ("文件日期", row.file_at)]
        by = f"（按{row.time_source.label}）" if row.time_source else ""
        span = said(row.begins_at) if row.begins_at else "没有读出"
        if row.ends_at:
            span += f" 至 {said(row.ends_at)[11:]}"
        facts = [
            (
                "类别",
                "　".join(
                    part
                    for part in (
                        row.media.label,
                        row.format,
                        size_words(row.size),
                        length_words(row),
                    )
                    if part
                ),
            ),
            ("时间", f"{span}{by}"),
            *((f"　{name}", said(at)) for name, at in clocks if at is not None),
            ("执法仪", row.recorder or "没有读出"),
            ("拍摄人", row.officer or "没有读出"),
            ("设备", row.device),
            ("地点", row.place),
            (
                "定位",
                f"{row.latitude:.5f}，{row.longitude:.5f}"
                if row.latitude is not None and row.longitude is not None
                else "",
            ),
            ("校验", row.code),
            ("存放", f"{lies_words(row)}\n{detail.path or row.original_path}"),
            ("副本", detail.copy),
            ("来自", row.original_path),
            ("保存", f"{row.retention.label}，到 {keep_words(row)}"),
            ("入库", f"{show_moment(row.taken_at)}　{row.taken_by}"),
            ("原件", f"{detail.original}（{row.derivation}）" if detail.original else ""),
        ]
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for name, text in facts:
            if not text:
                continue
            at = grid.rowCount()
            grid.addWidget(label(name, "label"), at, 0, Qt.AlignmentFlag.AlignTop)
            value = label(_breakable(text), wrap=True)
            if "\u200b" in value.text():
                value.setToolTip(text)  # the breaks must not be copied along
            else:
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, at, 1)
            if name == "校验":
                value.setToolTip(f"SHA-256 {row.sha256}" + (f"\nSM3 {row.sm3}" if row.sm3 else ""))
                copy = button("复制全部", link=True, on=partial(_copy, row))
                grid.addWidget(copy, at, 2, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(holder)

    def _show_uses(self, row: FileRow) -> None:
        self.column.addWidget(label("归属", "strong"))
        if not row.uses:
            self.column.addWidget(label("还没有归到案件或者事项。", "quiet", wrap=True))
        for one in row.uses:
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            go: Callable[[], object] | None = partial(self._go, one)
            name = one.case_number or f"{one.action.label}（编号 {one.action_id}）"
            line.addWidget(button(name, link=True, on=go))
            line.addStretch()
            line.addWidget(button("解除", link=True, on=partial(self.acted.emit, "unlink", one)))
            self.column.addWidget(holder)

    def _go(self, use: UseRow) -> None:
        if use.case_id is not None:
            self.context.window.open("case", use.case_id)
        elif use.action.value == "notice":
            self.context.window.open("notice", use.action_id)

    def _show_items(self, detail: FileDetail) -> None:
        if not detail.items:
            return
        self.column.addWidget(label("登记为证据", "strong"))
        for one in detail.items:
            text = f"{one.position}. {one.title}　{one.span}\n证明：{one.proves}"
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(10)
            still = StillView(self.context, of_item(one))
            line.addWidget(still, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(text, wrap=True), 1)
            self.column.addWidget(holder)
            checked = (
                f"查证：{one.verified_by}　{one.verified_how}　{one.verified_on}"
                if one.verified_on
                else "还没有查证"
            )
            self.column.addWidget(
                label(checked, "small", "ok" if one.verified_on else "warn", wrap=True)
            )

    def _show_acts(self, detail: FileDetail) -> None:
        self.column.addWidget(label("使用记录", "strong"))
        if not detail.acts:
            self.column.addWidget(label("还没有人查看、打印或者带出。", "quiet", wrap=True))
        for one in detail.acts[:30]:
            more = "　".join(part for part in (one.purpose, one.approved_by, one.detail) if part)
            text = f"{show_moment(one.at)}　{one.actor}　{one.kind.label}"
            self.column.addWidget(label(_breakable(f"{text}　{more}" if more else text), "small",
                                        wrap=True))  # fmt: skip


def _copy(row: FileRow) -> None:
    QGuiApplication.clipboard().setText(row.sha256)


def _breakable(text: str) -> str:
    """Long paths may break at their steps."""
    return _LONG.sub(lambda found: found[0] + "\u200b", text)
