"""设置: how evidence is taken in, checked and kept; what an office leaves blank stays as usual."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.exchange.media_names import DEFAULTS, GROUPS
from enforcer.operations.editing import read, wrong_fields
from enforcer.operations.evidence_settings import EvidenceSettingsForm, save_evidence_settings
from enforcer.queries import evidence_settings
from enforcer.queries.evidence_settings import EvidenceSettings
from ui.context import Context
from ui.failures import in_place
from ui.folder_edit import FolderEdit
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import CountEdit, LineEdit, TextArea, Tick

ABOUT = "已经登记的文件不受影响；保存天数的法律依据和“一般录像”的天数在“设置—待确认事项”里填写。"
_SAID = [f"{name} {said}" for name, said in GROUPS.items()]
PATTERNS = "每行一个正则表达式，组的名称：\n" + "、".join(_SAID[:5]) + "、\n" + "、".join(_SAID[5:])
NUMBERS = {
    "check_days": ("几天核对一次", 1, 60, "天"),
    "overwrite_days": ("执法仪存满几天后覆盖", 1, 365, "天"),
    "upload_hours": ("执法结束后几小时内导入", 1, 720, "小时"),
    "tolerance_seconds": ("时间相差几秒以内不提示", 0, 3600, "秒"),
}


class OptionsTab(QWidget):
    """One form; Ctrl+Enter saves."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._loaded, self._shown = "", dict[str, Any]()
        self._stale, self._request = True, uuid4()
        self.fields = {
            "folder": Field(
                "证据文件夹", FolderEdit("证据文件夹", placeholder="留空：放在数据目录里")
            ),
            "sm3": Field("校验值", Tick("除 SHA-256 外另算 SM3"), bare=True),
            **{
                name: Field(title, CountEdit(least=least, most=most, unit=unit))
                for name, (title, least, most, unit) in NUMBERS.items()
            },
            "obstruction_days": Field(
                "阻碍执法的录像保存天数", LineEdit(placeholder="留空：长期保存", limit=6)
            ),
            "major_days": Field(
                "重大、疑难事件的录像保存天数", LineEdit(placeholder="留空：长期保存", limit=6)
            ),
            "patterns": Field("文件名格式", TextArea(lines=5)),
        }
        self.usual = button("恢复常用格式", "history", on=self._usual)
        self.message = Banner("ok")
        self.message.hide()
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.acts = ActBar(self.usual, self.save_button)
        self._lay_out()
        self.binder = FormBinder(
            self.fields,
            check=lambda given: wrong_fields(EvidenceSettingsForm, _given(given)),
            parent=self,
        )
        self.binder.edited.connect(self._follow)
        context.tasks.changed.connect(self._changed)
        self.setFocusProxy(self.fields["folder"])

    def _lay_out(self) -> None:
        card = Card("证据的导入和保管", spacing=12)
        card.setMaximumWidth(860)
        card.body.addWidget(label(ABOUT, "quiet"))
        grid = FieldGrid()
        for name, field in self.fields.items():
            if name == "patterns":
                continue
            grid.add(field)
        card.body.addLayout(grid)
        names = Card("文件名", spacing=12)
        names.setMaximumWidth(860)
        names.body.addWidget(self.fields["patterns"])
        names.body.addWidget(label(PATTERNS, "small"))
        names.body.addWidget(self.message)
        names.body.addWidget(self.acts)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.setSpacing(14)
        inside.addWidget(card)
        inside.addWidget(names)
        inside.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scrolled(content))

    def refresh(self) -> None:
        """Show what the office has chosen."""
        self._stale = False
        self.context.tasks.ask(
            evidence_settings.settings, self._show, owner=self, latest="evidence_settings"
        )

    def _show(self, chosen: EvidenceSettings) -> None:
        self._loaded, self._request = chosen.version, uuid4()
        self.binder.set_values(
            {
                "folder": chosen.folder,
                "sm3": chosen.sm3,
                "patterns": "\n".join(chosen.patterns),
                "obstruction_days": str(chosen.obstruction_days or ""),
                "major_days": str(chosen.major_days or ""),
            }
            | {name: getattr(chosen, name) for name in NUMBERS}
        )
        self._shown = self.binder.values()
        self._follow()

    def _usual(self) -> None:
        self.binder.set_values({"patterns": "\n".join(DEFAULTS)})
        self._follow()

    def _follow(self) -> None:
        dirty = bool(self._shown) and self.binder.values() != self._shown
        self.acts.offer(self.save_button, "" if dirty else "没有改动")

    def save(self) -> None:
        """Keep the choices."""
        if not self.save_button.isEnabled() or not self.binder.ready():
            return
        given = _given(self.binder.values()) | {
            "request_id": self._request,
            "loaded": self._loaded,
        }
        self.context.carry_out(
            save_evidence_settings,
            lambda: read(EvidenceSettingsForm, given).form,
            self._saved,
            owner=self,
            failed=in_place(self.message, self.binder),
        )

    def _saved(self, _key: str) -> None:
        self.message.say("ok", "证据设置已保存，以后的导入和核对按它办。")
        self.refresh()

    def _changed(self, names: frozenset[str]) -> None:
        if "setting" in names and not self.isVisible():
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """What the operation's form takes: a pattern a line, days blank for good."""
    return values | {
        "patterns": tuple(filter(None, str(values.get("patterns") or "").splitlines())),
        "obstruction_days": str(values.get("obstruction_days") or "").strip() or None,
        "major_days": str(values.get("major_days") or "").strip() or None,
    }
