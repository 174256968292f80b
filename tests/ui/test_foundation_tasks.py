"""Work goes off the GUI thread and comes back on it, in order, to who is still there."""

import threading
import time

import pytest
from PySide6.QtCore import QObject

from enforcer.errors import Level, Objection, Refused, Trouble
from ui.tasks import Cancelled, ImmediateTasks, Tasks


@pytest.fixture
def errors():
    return []


@pytest.fixture
def tasks(qtbot, opaque, errors):
    made = Tasks(opaque, errors.append)
    yield made
    made.close()


def test_an_answer_arrives_on_the_gui_thread(qtbot, tasks):
    seen = []
    owner = QObject()

    def then(name: str) -> None:
        seen.append((name, threading.current_thread() is threading.main_thread()))

    tasks.ask(lambda store: threading.current_thread().name, then, owner=owner)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("enforcer-store")
    assert seen[0][1]


def test_deeds_are_done_in_the_order_they_were_given(qtbot, tasks, opaque):
    owner, numbers = QObject(), []
    for row in "甲乙丙丁":
        tasks.do(lambda store, row=row: store.write(row), numbers.append, owner=owner)
    qtbot.waitUntil(lambda: len(numbers) == 4)
    assert opaque.rows == list("甲乙丙丁")
    assert numbers == [1, 2, 3, 4]


def test_a_commit_says_which_tables_it_touched(qtbot, tasks):
    owner = QObject()
    with qtbot.waitSignal(tasks.changed) as told:
        tasks.do(lambda store: store.write("一"), lambda _: None, owner=owner)
    assert told.args == [frozenset({"notice"})]


def test_an_answer_for_a_closed_window_is_dropped(qtbot, tasks):
    owner, seen = QObject(), []
    gate = threading.Event()
    tasks.ask(lambda store: gate.wait(2), seen.append, owner=owner)
    owner.deleteLater()
    del owner
    qtbot.wait(10)
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert seen == []


def test_a_later_question_of_the_same_name_overtakes(qtbot, tasks):
    owner, seen = QObject(), []
    gate = threading.Event()
    tasks.ask(lambda store: gate.wait(2), seen.append, owner=owner, latest="search")
    for word in ("湘", "湘J", "湘J8"):
        tasks.ask(lambda store, word=word: word, seen.append, owner=owner, latest="search")
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert seen == ["湘J8"]


def test_an_error_goes_to_the_screen_first_and_then_to_the_window(qtbot, tasks, errors):
    owner, taken = QObject(), []

    def fail(_store: object) -> None:
        raise Trouble("磁盘已满，未保存。")

    tasks.do(fail, print, owner=owner, failed=lambda error: taken.append(error) or True)
    tasks.do(fail, print, owner=owner, failed=lambda error: False)
    tasks.do(fail, print, owner=owner)
    qtbot.waitUntil(lambda: tasks.idle)
    assert len(taken) == 1
    assert [str(one) for one in errors] == ["磁盘已满，未保存。"] * 2


def test_a_refusal_keeps_its_objections_on_the_way(qtbot, tasks, errors):
    owner = QObject()
    objection = Objection("two_officers", Level.BLOCK, "执法人员少于两名。", "行政处罚法第四十二条")

    def refuse(_store: object) -> None:
        raise Refused(objection)

    tasks.do(refuse, print, owner=owner)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].objections == (objection,)


def test_a_long_question_does_not_hold_up_a_save(qtbot, tasks):
    owner, seen = QObject(), []
    gate = threading.Event()
    tasks.ask(lambda store: gate.wait(5) and "统计", seen.append, owner=owner, long=True)
    tasks.do(lambda store: store.write("一"), seen.append, owner=owner)
    qtbot.waitUntil(lambda: seen == [1])
    gate.set()
    qtbot.waitUntil(lambda: seen == [1, "统计"])


def test_work_reports_how_far_it_is_and_can_be_cancelled(qtbot, tasks, errors):
    owner, told, ended = QObject(), [], []

    def copy(note) -> str:
        for done in range(10_000):
            note(done, 10_000, "复制录像")
            time.sleep(0.001)
        return "完成"

    job = tasks.work(copy, told.append, owner=owner, what="导入录像", failed=ended.append)
    with qtbot.waitSignal(job.progressed) as progress:
        pass
    assert progress.args[1:] == [10_000, "复制录像"]
    job.cancel()
    qtbot.waitUntil(lambda: tasks.idle)
    assert told == []
    assert isinstance(ended[0], Cancelled)
    assert errors == []


def test_a_job_is_long_only_after_a_second(qtbot, tasks):
    owner, long, done = QObject(), [], []
    quick = tasks.work(lambda note: "快", done.append, owner=owner, what="小事")
    quick.long.connect(lambda: long.append("quick"))
    gate = threading.Event()
    slow = tasks.work(lambda note: gate.wait(4), done.append, owner=owner, what="大事")
    slow.long.connect(lambda: long.append("slow"))
    qtbot.waitUntil(lambda: long == ["slow"], timeout=3000)
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)


def test_now_answers_at_once_on_this_thread(tasks, opaque):
    assert tasks.now(lambda store: store is opaque)


def test_settled_is_told_when_nothing_is_under_way(qtbot, tasks):
    owner = QObject()
    with qtbot.waitSignal(tasks.settled):
        tasks.ask(lambda store: 1, lambda _: None, owner=owner)
    assert tasks.idle


def test_closing_carries_out_the_deeds_that_are_queued(qtbot, opaque):
    tasks, owner = Tasks(opaque, print), QObject()
    for row in "甲乙丙":
        tasks.do(lambda store, row=row: store.write(row), lambda _: None, owner=owner)
    tasks.close()
    assert opaque.rows == list("甲乙丙")


def test_a_store_that_opens_later_is_attached(qtbot, opaque):
    tasks, seen = Tasks(None, print), []
    tasks.attach(opaque)
    tasks.changed.connect(seen.append)
    opaque.write("一")
    qtbot.waitUntil(lambda: seen == [frozenset({"notice"})])
    tasks.close()


def test_immediate_tasks_have_the_same_face_and_run_at_once(qtbot, opaque):
    errors, seen, owner = [], [], QObject()
    tasks = ImmediateTasks(opaque, errors.append)
    changes = []
    tasks.changed.connect(changes.append)
    tasks.ask(lambda store: len(store.rows), seen.append, owner=owner, latest="x")
    tasks.do(lambda store: store.write("一"), seen.append, owner=owner)
    tasks.work(lambda note: note(1, 2) or "复制", seen.append, owner=owner, what="复制")
    tasks.do(lambda store: 1 // 0, seen.append, owner=owner)
    assert seen == [0, 1, "复制"]
    assert changes == [frozenset({"notice"})]
    assert isinstance(errors[0], ZeroDivisionError)
    assert tasks.idle
