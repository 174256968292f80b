"""案卷: in which order dossiers are bound, where numbers and scans stand, how long they are kept."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.documents import dossier_order
from enforcer.dossier_terms import Closing, PagePosition, ScanPlace
from enforcer.law.parameters import TO_CONFIRM
from enforcer.operations.dossier_archive import DossierSettingsForm, save_dossier_settings
from enforcer.operations.editing import read, wrong_fields
from enforcer.queries import dossier_settings
from enforcer.queries.dossier_settings import DossierSettings
from enforcer.terms import Procedure
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, LineEdit, Tick

ABOUT = (
    "各地的案卷标准不一样，请按本机关和档案室的要求选定。已经归档的案卷，归档号、"
    "保管期限和全宗号不变。"
)
KEPT = (
    f"保管期限由机关和档案室确定。留空显示“{TO_CONFIRM}”，归档时由立卷人逐件填写；"
    "填了的，归档时自动带出。"
)
CLOSED = (
    "呈报结案和最后审批时逐项核对（行政处罚法第四十七条）；写明的理由记入这一步，印在备考表上。"
)


def _orders(procedure: Procedure) -> Choice:
    return Choice(
        [
            (one.key, f"{one.key}　{one.title}")
            for one in dossier_order.orders()
            if procedure in one.procedures
        ]
    )


class DossierTab(QWidget):
    """One form; Enter goes on, Ctrl+Enter saves."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._loaded, self._shown = "", dict[str, Any]()
        self._stale, self._request = True, uuid4()
        self.fields = {
            "order_ordinary": Field("普通程序的排列顺序", _orders(Procedure.ORDINARY)),
            "order_summary": Field("当场处罚的排列顺序", _orders(Procedure.SUMMARY)),
            "split": Field("分正卷、副卷", Tick("普通程序案卷分正卷、副卷"), bare=True),
            "position": Field("页码位置", Choice([(one.value, one.label) for one in PagePosition])),
            "scans": Field("签名件的位置", Choice([(one.value, one.label) for one in ScanPlace])),
            "closing": Field(
                "全过程记录缺项、评查不合格的", Choice([(one.value, one.label) for one in Closing])
            ),
            "retention_ordinary": Field(
                "普通程序保管期限", LineEdit(placeholder=TO_CONFIRM, limit=20), hint="如 30年、永久"
            ),
            "retention_summary": Field(
                "当场处罚保管期限", LineEdit(placeholder=TO_CONFIRM, limit=20), hint="如 10年、30年"
            ),
            "fonds": Field("全宗号", LineEdit(limit=40), hint="由档案室给定"),
        }
        self.source = label("", "small", wrap=True)
        self.message = Banner("ok")
        self.message.hide()
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.save_button.setObjectName("dossier_settings_save")
        self.acts = ActBar(self.save_button)
        self._lay_out()
        self.binder = FormBinder(
            self.fields, check=lambda given: wrong_fields(DossierSettingsForm, given), parent=self
        )
        self.binder.edited.connect(self._follow)
        self.binder.submitted.connect(self.save_button.setFocus)
        context.tasks.changed.connect(self._changed)
        self.setFocusProxy(self.fields["order_ordinary"])

    def _lay_out(self) -> None:
        card = Card("案卷的装订", spacing=12)
        card.setMaximumWidth(860)
        card.body.addWidget(label(ABOUT, "quiet", wrap=True))
        bound, kept = FieldGrid(), FieldGrid()
        for name in ("order_ordinary", "order_summary"):
            bound.add(self.fields[name])
        bound.add(self.fields["split"], 2)
        bound.add(self.source, 2)
        for name in ("position", "scans"):
            bound.add(self.fields[name])
        for name in ("retention_ordinary", "retention_summary", "fonds"):
            kept.add(self.fields[name])
        closed = FieldGrid()
        closed.add(self.fields["closing"])
        card.body.addLayout(bound)
        card.body.addWidget(label("结案", "section"))
        card.body.addWidget(label(CLOSED, "quiet", wrap=True))
        card.body.addLayout(closed)
        card.body.addWidget(label("保管", "section"))
        card.body.addWidget(label(KEPT, "quiet", wrap=True))
        card.body.addLayout(kept)
        card.body.addWidget(self.message)
        card.body.addWidget(self.acts)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addWidget(card)
        inside.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scrolled(content))

    def refresh(self) -> None:
        """Show what the office has chosen."""
        self._stale = False
        self.context.tasks.ask(
            dossier_settings.settings, self._show, owner=self, latest="dossier_settings"
        )

    def _show(self, chosen: DossierSettings) -> None:
        self._loaded, self._request = chosen.version, uuid4()
        self._shown = {
            "order_ordinary": chosen.order_for(Procedure.ORDINARY).key,
            "order_summary": chosen.order_for(Procedure.SUMMARY).key,
            "split": chosen.split,
            "position": chosen.position.value,
            "scans": chosen.scans.value,
            "closing": chosen.closing.value,
            "fonds": chosen.fonds,
            "retention_ordinary": chosen.retention.get(Procedure.ORDINARY, ""),
            "retention_summary": chosen.retention.get(Procedure.SUMMARY, ""),
        }
        self.binder.set_values(self._shown)
        self._follow()

    def typed(self) -> dict[str, Any]:
        """What the form holds; an order of one volume has no 副卷."""
        values = self.binder.values()
        order = dossier_order.order(str(values["order_ordinary"]))
        values["split"] = bool(values["split"] and order and order.splits)
        return values

    def _follow(self) -> None:
        order = dossier_order.order(str(self.fields["order_ordinary"].read()))
        splits = bool(order and order.splits)
        self.fields["split"].widget.setEnabled(splits)
        said = "" if splits else "。这种顺序只装一卷，不分正卷、副卷"
        self.source.setText(f"普通程序依据：{order.source}{said}。" if order else "")
        self.acts.offer(self.save_button, "" if self._dirty() else "没有改动")

    def _dirty(self) -> bool:
        return bool(self._shown) and self.typed() != self._shown

    def save(self) -> None:
        """Keep the choices; they hold for every dossier put together from now on."""
        if not self.save_button.isEnabled() or not self.binder.ready():
            return
        given = {**self.typed(), "request_id": self._request, "loaded": self._loaded}
        self.context.carry_out(
            save_dossier_settings,
            lambda: read(DossierSettingsForm, given).form,
            self._saved,
            owner=self,
            failed=in_place(self.message, self.binder),
        )

    def _saved(self, _key: str) -> None:
        self.message.say("ok", "案卷设置已保存，以后输出和归档的案卷按它装订。")
        self.refresh()

    def _changed(self, names: frozenset[str]) -> None:
        if "setting" in names and not self.isVisible() and not self._dirty():
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
