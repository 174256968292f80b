"""审批层级: who signs a filing, a decision, a closure, level by level, three to five of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.course_terms import SignOffMatter
from enforcer.law.course_people import Level
from enforcer.law.sign_off import DEFAULT_CHAINS, FEWEST, MOST
from enforcer.operations.editing import read
from enforcer.operations.lead_forms import ChainForm
from enforcer.operations.sign_off_chains import save_sign_off_chain
from enforcer.queries import course, office
from enforcer.terms import OfficerPost
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, icon_button, label
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, Tick
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

PAPERS: Final = {
    SignOffMatter.FILING: "立案审批表",
    SignOffMatter.DECISION: "案件处理审批表",
    SignOffMatter.CLOSURE: "结案审批表",
}
SECTIONS: Final = "一二三四五"


@dataclass(frozen=True, slots=True)
class ChainRow:
    """The chain of one matter as it stands; `own` when the office has set it."""

    matter: SignOffMatter
    levels: tuple[Level, ...]
    own: bool
    version: str

    @property
    def said(self) -> str:
        return " → ".join(one.name for one in self.levels)


class LevelEdit(QWidget):
    """One level: its name on the paper, and which posts may sign it."""

    def __init__(self, number: int, level: Level) -> None:
        super().__init__()
        self.name = Field(f"第{SECTIONS[number]}级", LineEdit(level.name, limit=30), required=True)
        self.ticks = {one: Tick(one.label, ticked=one in level.posts) for one in OfficerPost}
        self.up = button("上移", link=True)
        self.up.setAccessibleName(f"第{SECTIONS[number]}级上移")
        self.remove = icon_button("delete", f"去掉第{SECTIONS[number]}级")
        posts = QHBoxLayout()
        posts.setSpacing(18)
        posts.addWidget(label("由谁签", "label"))
        for tick in self.ticks.values():
            posts.addWidget(tick)
        posts.addStretch()
        posts.addWidget(self.up)
        posts.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(6)
        column.addWidget(self.name)
        column.addLayout(posts)

    def read(self) -> Level:
        posts = tuple(one for one, tick in self.ticks.items() if tick.read())
        return Level(self.name.read(), posts)


class ChainsTab(QWidget):
    """The matters at the left, the levels of the one chosen at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.rows: dict[SignOffMatter, ChainRow] = {}
        self.levels: list[LevelEdit] = []
        self.matter: SignOffMatter | None = None
        self._stale, self._request = True, uuid4()
        self.banner = Banner()
        self.banner.hide()
        self.title = label("", "section")
        self.about = label("", "quiet", wrap=True)
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        self.example = label("", wrap=True)
        self.add_button = button("加一级", "add", on=self.add_level)
        self.usual_button = button("换成常用的层级", on=self.take_usual)
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.acts = ActBar(self.usual_button, self.save_button)
        self.table = PagedTable(
            "sign-off-chains",
            (
                Column("审批事项", lambda row: row.matter.label, 110),
                Column("层级", lambda row: f"{len(row.levels)} 级", 66, right=True),
                Column("由谁审批", lambda row: row.said, 380, tip=lambda row: row.said),
                Column("来源", lambda row: "本机关设定" if row.own else "常用层级", 90),
            ),
            lambda keys: [self.rows[one] for one in keys],
            title="审批层级",
            key=lambda row: row.matter,
        )
        self._lay_out()
        self.table.selected.connect(self._selected)
        context.tasks.changed.connect(self._changed)

    def _lay_out(self) -> None:
        left = Card(tight=True)
        left.body.addWidget(self.table, 1)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.setSpacing(10)
        inside.addLayout(self.column)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch()
        inside.addLayout(row)
        inside.addWidget(label("文书上这样排列", "label"))
        inside.addWidget(self.example)
        inside.addStretch()
        right = Card()
        right.setFixedWidth(520)
        right.body.addWidget(self.title)
        right.body.addWidget(self.about)
        right.body.addWidget(self.banner)
        right.body.addWidget(Scrolled(content), 1)
        right.body.addWidget(self.acts)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(left, 1)
        columns.addWidget(right)
        self.setFocusProxy(self.table)

    # what is kept

    def refresh(self) -> None:
        """Ask again for the chains."""
        self._stale = False
        self.context.tasks.ask(_chains, self._know, owner=self, latest="chains")

    def _know(self, rows: Sequence[ChainRow]) -> None:
        self.rows = {one.matter: one for one in rows}
        self.table.show_ids(list(self.rows))
        if not self.table.selected_ids():
            self.table.select(next(iter(self.rows)))

    def _selected(self, ids: list[Any]) -> None:
        """The table's signal carries plain words, so the matter is taken from its row."""
        if len(ids) == 1 and ids[0] != self.matter:
            row = next(one for one in self.rows.values() if one.matter == ids[0])
            self.matter = row.matter
            self.banner.say("info", "")
            self._show(row.levels)

    def _show(self, levels: Sequence[Level]) -> None:
        assert self.matter
        self._request = uuid4()
        self.title.setText(f"{self.matter.label}的审批层级")
        self.about.setText(
            f"印在{PAPERS[self.matter]}上，一级一栏。第一级由承办人呈报，"
            "最后一级由行政机关负责人决定（行政处罚法第五十七条第一款）。"
        )
        for old in self.levels:
            old.hide()
            old.deleteLater()
        self.levels = [LevelEdit(at, one) for at, one in enumerate(levels)]
        for at, one in enumerate(self.levels):
            self.column.addWidget(one)
            one.name.edited.connect(self._follow)
            for tick in one.ticks.values():
                tick.edited.connect(self._follow)
            one.up.clicked.connect(_calls(self.move_up, at))
            one.remove.clicked.connect(_calls(self.remove_level, at))
            one.up.setVisible(at > 0)
        self._follow()

    # what is typed

    def typed(self) -> list[Level]:
        """The levels as they stand in the form."""
        return [one.read() for one in self.levels]

    def add_level(self) -> None:
        """One more level before the last."""
        levels = self.typed()
        if len(levels) < MOST:
            levels.insert(len(levels) - 1, Level("", (OfficerPost.HEAD,)))
            self._show(levels)
            self.levels[-2].name.editor.setFocus()

    def remove_level(self, at: int) -> None:
        """Take a level out, down to three."""
        levels = self.typed()
        if len(levels) > FEWEST:
            del levels[at]
            self._show(levels)

    def move_up(self, at: int) -> None:
        """Let a level sign before the one above it."""
        levels = self.typed()
        levels[at - 1], levels[at] = levels[at], levels[at - 1]
        self._show(levels)
        self.levels[at - 1].name.editor.setFocus()

    def take_usual(self) -> None:
        """Put the usual chain into the form; it is used once it is saved."""
        assert self.matter
        self._show(DEFAULT_CHAINS[self.matter])

    def wrong(self) -> str:
        """What cannot be saved, as a sentence; empty when all is well."""
        levels = self.typed()
        for at, one in enumerate(levels):
            name = f"第{SECTIONS[at]}级"
            if not one.name:
                return f"{name}没有名称，请写上，例如“承办机构负责人”。"
            if not one.posts:
                return f"{name}没有选由谁签，请至少选一种岗位。"
        if OfficerPost.OFFICER not in levels[0].posts:
            return "第一级由承办人呈报，请选“执法人员”。"
        if levels[-1].posts != (OfficerPost.HEAD,):
            return "最后一级由行政机关负责人决定，只选“负责人”（行政处罚法第五十七条第一款）。"
        if len({one.name for one in levels}) < len(levels):
            return "有两级的名称相同，签了分不清，请改一个。"
        return ""

    def _follow(self) -> None:
        levels = self.typed()
        self.example.setText(" → ".join(one.name or "……" for one in levels))
        self.add_button.setEnabled(len(levels) < MOST)
        for one in self.levels:
            one.remove.setEnabled(len(levels) > FEWEST)
        assert self.matter
        row = self.rows[self.matter]
        changed = tuple(levels) != row.levels
        self.acts.offer(self.save_button, self.wrong() if changed else "没有改动")
        self.usual_button.setEnabled(tuple(levels) != DEFAULT_CHAINS[self.matter])

    # the deed

    def save(self) -> None:
        """Keep the chain; what is being signed goes on by it from its next level."""
        if not self.save_button.isEnabled() or self.matter is None:
            return
        given = {
            "request_id": self._request,
            "loaded": self.rows[self.matter].version,
            "matter": self.matter,
            "levels": [{"name": one.name, "posts": one.posts} for one in self.typed()],
        }
        context = self.context
        context.carry_out(
            save_sign_off_chain,
            lambda: read(ChainForm, given).form,
            self._saved,
            owner=self,
            failed=in_place(self.banner),
        )

    def _saved(self, _key: str) -> None:
        assert self.matter
        said = (
            f"已保存。{self.matter.label}的审批从现在起按这些层级办，正在审批的从下一级起按它办。"
        )
        self.refresh()
        self._show(self.rows[self.matter].levels)
        self.banner.say("ok", said)

    # Qt

    def _changed(self, names: frozenset[str]) -> None:
        if "setting" in names and not self.isVisible():
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _chains(store: Any) -> list[ChainRow]:
    own = course.chains(store)
    return [
        ChainRow(
            one,
            own.get(one) or DEFAULT_CHAINS[one],
            one in own,
            office.setting_version(store, course.SIGN_OFF + one.value),
        )
        for one in SignOffMatter
    ]


def _calls(on: Any, at: int) -> Any:
    return lambda _checked=False: on(at)
