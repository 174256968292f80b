"""外观与录入: light or dark; how certificate numbers look."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.errors import InvalidForm
from enforcer.operations import office as deeds
from enforcer.operations.editing import read
from enforcer.operations.officers import CERTIFICATE_PATTERN
from enforcer.queries import office
from ui import theme
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, LineEdit

KEYS = {CERTIFICATE_PATTERN: "pattern"}


class LooksTab(QWidget):
    """The theme is this PC's own and acts at once; the other is the office's and saved."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._kept: dict[str, str] = {}
        self._versions: dict[str, str] = {}
        self._stale = True
        self.banner = Banner()
        self.banner.hide()
        self.mode = Choice(tuple(theme.CHOICES.items()))
        self.mode.write(context.theme.choice)
        self.mode.edited.connect(lambda: context.theme.choose(self.mode.read()))
        self.fields = {
            CERTIFICATE_PATTERN: Field(
                "执法证号格式（正则表达式）",
                LineEdit(placeholder=r"例如：J\d{7}；留空则不检查"),
                hint="登记证件时核对",
            ),
        }
        self.binder = FormBinder(self.fields, parent=self)
        self.binder.edited.connect(self._offer)
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.acts = ActBar(self.save_button)
        looks, habits = Card("外观", spacing=12), Card("录入", spacing=12)
        looks.body.addWidget(Field("明暗", self.mode, hint="立即生效，只影响这台电脑"))
        for one in self.fields.values():
            habits.body.addWidget(one)
        habits.body.addWidget(self.banner)
        habits.body.addWidget(label("对全单位有效，保存在数据里。", "small"))
        habits.body.addWidget(self.acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for card in (looks, habits):
            card.setMaximumWidth(560)
            column.addWidget(card)
        column.addStretch()
        self.setFocusProxy(self.mode)
        context.theme.changed.connect(self._follow)

    def _follow(self) -> None:
        self.mode.write(self.context.theme.choice)

    def refresh(self) -> None:
        """Ask again for what the office has settled."""
        self._stale = False

        def ask(store: Any) -> tuple[dict[str, str], dict[str, str]]:
            said = {
                key: str(office.setting(store, key).get(name, "")) for key, name in KEYS.items()
            }
            return said, {key: office.setting_version(store, key) for key in KEYS}

        self.context.tasks.ask(ask, lambda known: self._know(*known), owner=self, latest="known")

    def _know(self, said: dict[str, str], versions: dict[str, str]) -> None:
        self._kept, self._versions = said, versions
        self.binder.set_values(said)
        self._offer()

    def _offer(self) -> None:
        self.acts.offer(self.save_button, "" if self._changed() else "没有改动")

    def _changed(self) -> dict[str, str]:
        values = self.binder.values()
        return {key: text for key, text in values.items() if text != self._kept.get(key)}

    def save(self) -> None:
        """Keep what was changed."""
        if not self.save_button.isEnabled():
            return
        context = self.context
        forms = []
        for key, text in self._changed().items():
            loaded = self._versions.get(key, "")
            given = {"request_id": uuid4(), "loaded": loaded, "key": key, "text": text}
            try:
                forms.append(read(deeds.PlainSettingForm, given).form)
            except InvalidForm as wrong:
                in_place(self.banner, self.binder)(InvalidForm({key: str(wrong)}))
                return

        def deed(store: Any) -> None:
            for form in forms:
                deeds.save_setting(
                    store,
                    form,
                    today=context.clock.today(),
                    now=context.clock.now(),
                    actor=context.actor,
                )

        context.tasks.do(
            deed, lambda _none: self._saved(), owner=self, failed=in_place(self.banner)
        )

    def _saved(self) -> None:
        self.banner.say("ok", "已保存。")
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
