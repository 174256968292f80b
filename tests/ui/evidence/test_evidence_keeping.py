"""检查和保管 through the window: how files stand now, and what a deletion says it leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from enforcer.evidence_terms import Keeping
from enforcer.operations import evidence
from enforcer.queries.evidence_states import problem_states
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.evidence_desk import NOW, a_card, take
from tests.ui.register_desk import a_context, shown, words
from ui.evidence.keeping import KeepingTab

LATER = NOW + timedelta(days=400)


@pytest.fixture
def taken(store: Store, tmp_path: Path) -> list[evidence.TakenFile]:
    an_office(store)
    a_card(tmp_path / "card", 2)
    return list(take(store, tmp_path / "card").taken)


def a_tab(qtbot: QtBot, store: Store, at: datetime) -> Any:
    return shown(qtbot, KeepingTab(a_context(store, store.home, at)))


def test_a_file_made_good_is_checked_alone_and_stands_well_again(
    qtbot: QtBot, store: Store, taken: list[evidence.TakenFile]
) -> None:
    tab = a_tab(qtbot, store, NOW)
    path = Path(str(taken[0].path))
    moved = path.rename(path.with_suffix(".x"))
    tab.check_all()
    assert problem_states(store)
    tab.hide()
    tab.show()
    tab.refresh()
    assert "1 个文件最近一次读到时有问题" in tab.banner.text
    assert tab.problem_table.model.ids == [taken[0].file_id]
    moved.rename(path)
    tab.check_some([taken[0].file_id])
    assert problem_states(store) == {}
    tab.hide()
    tab.show()
    tab.refresh()
    assert "有问题的后来检查都完好" in tab.banner.text
    tab.check_table.select(1)
    assert tab.problem_table.model.index(0, 2).data() == "后来检查完好，不用再办。"


def test_a_deletion_says_what_goes_and_what_stays_on_the_stick(
    qtbot: QtBot, store: Store, taken: list[evidence.TakenFile], tmp_path: Path
) -> None:
    (stick,) = a_card(tmp_path / "stick", 1, recorder="0700002")
    stick.write_bytes(stick.read_bytes() + b"stick")
    (there,) = take(store, stick, keeping=Keeping.REFERENCED).taken
    tab = a_tab(qtbot, store, LATER)
    tab.delete_button.click()
    told = words(tab.dialog)
    assert "删除 3 个到期文件？" in told
    assert "存在本机的 2 个从磁盘上删除，内容不能恢复" in told
    assert "1 个只解除登记，文件留在那里，本程序不删" in told
    tab.dialog.reject()
    tab.delete([there.file_id])
    told = words(tab.dialog)
    assert "解除 1 个到期文件的登记？" in told
    assert "从磁盘上删除" not in told
    tab.dialog.fields["confirmed_by_id"].write(1)
    tab.dialog.fields["reason"].write("保存期限已满")
    tab.dialog.act.click()
    assert stick.is_file()
    assert set(tab.due_table.model.ids) == {one.file_id for one in taken}
