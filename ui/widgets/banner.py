"""Banners: what the law or the program says, in the page, with the act it suggests."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import Level, Objection
from ui.widgets.basics import IconLabel, button, icon_button, label, repolish

KINDS: Final[dict[str, tuple[str, str]]] = {
    "info": ("提示", "info"),
    "ok": ("正常", "ok"),
    "warn": ("注意", "warn"),
    "bad": ("不能办理", "bad"),
}
"""Kind → (what a screen reader says first, icon)."""


class Banner(QFrame):
    """A sentence on tinted ground (info, ok, warn, bad), with icon, act, or a list of objections."""

    dismissed = Signal()

    def __init__(
        self, kind: str = "info", text: str = "", *, icon: str = "", dismissable: bool = False
    ) -> None:
        super().__init__()
        self._icon = IconLabel("info", 20, "accent")
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self._column.addWidget(self._text)
        row.addLayout(self._column, 1)
        self._acts = QVBoxLayout()
        row.addLayout(self._acts)
        self._close = icon_button("close", "关闭这条消息", on=self.dismiss)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._close.setVisible(dismissable)
        self._extras: list[QWidget] = []
        self.kind = ""
        self.say(kind, text, icon=icon)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def say(
        self,
        kind: str,
        text: str,
        *,
        icon: str = "",
        act: str = "",
        on: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence and, at its right, an act; an empty sentence hides the banner."""
        self._clear()
        self._dress(kind, text, icon)
        if act and on is not None:
            self._add(self._acts, button(act, link=True, on=on))
        self._appear(wanted=bool(text))

    def _appear(self, *, wanted: bool) -> None:
        """Alone it waits to be shown with the page it is put on: it is no window."""
        if wanted and self.parent() is None and not self.isVisible():
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
        else:
            self.setVisible(wanted)

    def show_objections(
        self,
        objections: Sequence[Objection],
        jump: Callable[[str], object] | None = None,
        *,
        lead: str = "",
    ) -> None:
        """List objections, each with its article; one that names a field jumps to it."""
        self._clear()
        if not objections:
            self._appear(wanted=False)
            return
        hard = any(one.level is Level.BLOCK for one in objections)
        if len(objections) == 1 and not lead and not (jump and objections[0].field):
            self._dress("bad" if hard else "warn", sentence(objections[0]), "")
        else:
            self._dress("bad" if hard else "warn", lead or _counted(objections), "")
            for one in objections:
                self._add(self._column, self._line(one, jump))
        self._appear(wanted=True)

    def dismiss(self) -> None:
        """Hide the banner, as its cross and Esc do."""
        self.hide()
        self.dismissed.emit()

    def _dress(self, kind: str, text: str, icon: str) -> None:
        if kind != self.kind:
            self.kind = kind
            self.setProperty("banner", kind)
            repolish(self)
        tone = "accent" if kind == "info" else kind
        self._icon.show_icon(icon or KINDS[kind][1], tone)
        self._text.setText(text)
        self.setAccessibleName(f"{KINDS[kind][0]}：{text}")

    def _line(self, one: Objection, jump: Callable[[str], object] | None) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        hard = one.level is Level.BLOCK
        row.addWidget(
            IconLabel("bad" if hard else "warn", 16, "bad" if hard else "warn"),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        words = label(sentence(one), wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(words, 1)
        if jump is not None and one.field:
            go = button("去修改", link=True, on=lambda: jump(one.field))
            go.setAccessibleName(f"去修改：{one.say}")
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _add(self, layout: QVBoxLayout, widget: QWidget) -> None:
        layout.addWidget(widget)
        self._extras.append(widget)

    def _clear(self) -> None:
        for one in self._extras:
            one.hide()
            one.deleteLater()
        self._extras.clear()


def sentence(one: Objection) -> str:
    """An objection as the officer reads it: the sentence, then its article."""
    return f"{one.say}（{one.cite}）" if one.cite else one.say


def _counted(objections: Sequence[Objection]) -> str:
    blocked = sum(one.level is Level.BLOCK for one in objections)
    doubts = len(objections) - blocked
    parts = [f"{blocked} 处不能办理"] if blocked else []
    parts += [f"{doubts} 处需要说明理由"] if doubts else []
    return f"有 {'，'.join(parts)}："
