"""`notices issue` and `notices print` from the command line, as scripts use them."""

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from enforcer.__main__ import main
from enforcer.commands import common
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.test_notices_batch import sheet


class Shell:
    def __init__(self, home: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.folder, self._capsys = home, folder, capsys
        moment = common.now() - timedelta(days=1)
        self.day = f"{moment:%Y-%m-%d} 09:05"
        self.year = f"{moment:%Y}"

    def run(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main(["--home", str(self.home), *words])
        out, err = self._capsys.readouterr()
        return code, out, err

    def sheet(self, *rows: dict[str, object]) -> str:
        path = self.folder / "台账.xlsx"
        sheet(path, *({"告知时间": self.day} | one for one in rows))
        return str(path)

    def issue(self, *rows: dict[str, object], more: tuple[str, ...] = ()) -> tuple[int, Any]:
        code, out, _ = self.run(
            "notices", "issue", self.sheet(*rows), "-o", self.out, "--json", *more
        )
        return code, json.loads(out)

    @property
    def out(self) -> str:
        return str(self.folder / "出.pdf")

    def pages(self) -> list[str]:
        return [one.extract_text() for one in PdfReader(self.out).pages]

    def number(self, serial: int) -> str:
        return f"常城管温告字〔{self.year}〕第{serial:05d}号"


@pytest.fixture
def shell(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    an_office(store)
    return Shell(store.home, tmp_path, capsys)


def test_rows_become_notices_and_one_pdf(shell: Shell) -> None:
    code, said = shell.issue({}, {"号牌号码": "无号牌"}, {"执法人员1": "张三"})
    assert code == 0
    assert {name: said[name] for name in ("first", "last", "issued")} == {
        "first": shell.number(1),
        "last": shell.number(2),
        "issued": 2,
    }
    assert said["batch"] is not None
    assert [(one["row"], one["column"]) for one in said["refused"]] == [(4, "执法人员1")]
    pages = shell.pages()
    assert len(pages) == 2
    assert "湘J·8K216" in pages[0]
    assert shell.number(2) in pages[1].replace("\n", "")


def test_four_to_a_sheet(shell: Shell) -> None:
    assert shell.issue(*[{}] * 5, more=("--per-sheet", "4"))[0] == 0
    assert len(shell.pages()) == 2


def test_the_output_is_overwritten(shell: Shell) -> None:
    Path(shell.out).write_bytes(b"old")
    assert shell.issue({})[0] == 0
    assert len(shell.pages()) == 1


def test_numbers_go_on_from_batch_to_batch(shell: Shell) -> None:
    shell.issue({}, {})
    assert shell.issue({})[1]["first"] == shell.number(3)


def test_the_very_same_file_again_hands_out_the_same_batch(shell: Shell) -> None:
    words = ("notices", "issue", shell.sheet({}, {"执法人员1": "张三"}), "-o", shell.out, "--json")
    first = json.loads(shell.run(*words)[1])
    paper = Path(shell.out).read_bytes()
    Path(shell.out).unlink()  # as when the program was killed between commit and output
    code, out, _ = shell.run(*words)
    again = json.loads(out)
    assert code == 0
    for name in ("batch", "first", "last", "issued", "refused"):
        assert again[name] == first[name]
    assert "已经签发过" in again["remarks"][0]
    assert "--new-batch" in again["remarks"][0]
    assert Path(shell.out).read_bytes() == paper
    assert json.loads(shell.run("verify", "--json")[1])["ok"]


def test_another_batch_of_the_same_file_is_made_when_it_is_asked_for(shell: Shell) -> None:
    words = ("notices", "issue", shell.sheet({}, {}), "-o", shell.out, "--json")
    assert json.loads(shell.run(*words)[1])["first"] == shell.number(1)
    Path(shell.out).unlink()
    assert json.loads(shell.run(*words, "--new-batch")[1])["first"] == shell.number(3)


def test_once_its_paper_lies_at_its_place_the_same_words_ask_for_another_batch(
    shell: Shell,
) -> None:
    words = ("notices", "issue", shell.sheet({}, {}), "-o", shell.out, "--json")
    for number in (1, 3, 5):
        made = json.loads(shell.run(*words)[1])
        assert (made["first"], made["issued"]) == (shell.number(number), 2)
    Path(shell.out).unlink()
    assert json.loads(shell.run(*words)[1])["first"] == shell.number(5)  # the last, taken up
    elsewhere = (*words[:-2], f"{shell.out}.pdf", "--json")
    assert json.loads(shell.run(*elsewhere)[1])["first"] == shell.number(7)


@pytest.mark.parametrize("change", ["more", "per sheet"])
def test_a_file_that_has_changed_or_is_set_otherwise_is_another_batch(
    shell: Shell, change: str
) -> None:
    path = shell.sheet({})
    shell.run("notices", "issue", path, "-o", shell.out)
    more = ("--per-sheet", "2") if change == "per sheet" else ()
    if change == "more":
        path = shell.sheet({}, {})
    _, out, _ = shell.run("notices", "issue", path, "-o", shell.out, "--json", *more)
    assert json.loads(out)["first"] == shell.number(2)


def test_a_file_of_which_nothing_was_issued_is_tried_again(shell: Shell) -> None:
    path = shell.sheet({"执法人员1": "何 志远", "执法人员2": "新来的"})
    assert shell.run("notices", "issue", path, "-o", shell.out)[0] == 1
    people = shell.folder / "人.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["姓名", "执法证号", "有效期至"])  # type: ignore[union-attr]
    book.active.append(["新来的", "J0700077", "2099-01-01"])  # type: ignore[union-attr]
    book.save(people)
    assert shell.run("import", str(people), "--kind", "officers")[0] == 0
    code, out, _ = shell.run("notices", "issue", path, "-o", shell.out, "--json")
    assert (code, json.loads(out)["issued"]) == (0, 1)


def test_rows_that_were_unread_the_first_time_are_counted_the_second(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shell.sheet({}, {"告知时间": f"{common.today()} 00:00"})
    late = common.now
    monkeypatch.setattr(common, "now", lambda: late() - timedelta(days=1))
    _, out, _ = shell.run("notices", "issue", path, "-o", shell.out, "--json")
    assert [one["row"] for one in json.loads(out)["refused"]] == [3]
    monkeypatch.undo()
    Path(shell.out).unlink()
    _, out, _ = shell.run("notices", "issue", path, "-o", shell.out, "--json")
    assert "有 1 行上次没有读成" in "".join(json.loads(out)["remarks"])


def test_nothing_issued_is_a_refusal(shell: Shell) -> None:
    code, said = shell.issue({"执法人员1": "张三"})
    assert (code, said["issued"], said["batch"]) == (1, 0, None)
    assert not Path(shell.out).exists()


def test_a_file_that_is_no_workbook_is_refused(shell: Shell) -> None:
    path = shell.folder / "x.xlsx"
    path.write_bytes(b"not a workbook")
    code, out, err = shell.run("notices", "issue", str(path), "-o", shell.out, "--json")
    assert code == 1
    assert json.loads(out)["issued"] == 0
    assert err.strip()


@pytest.mark.parametrize("missing", ["台账不在.xlsx", "没有/台账.xlsx"])
def test_a_missing_file_is_trouble(shell: Shell, missing: str) -> None:
    code, _, err = shell.run("notices", "issue", missing, "-o", shell.out)
    assert code == 3
    assert "找不到文件" in err


def test_no_number_is_drawn_when_the_paper_could_not_be_written(shell: Shell) -> None:
    code, _, err = shell.run(
        "notices", "issue", shell.sheet({}), "-o", str(shell.folder / "没有" / "x.pdf")
    )
    assert code == 3
    assert "没有签发" in err
    assert shell.issue({})[1]["first"] == shell.number(1)


def test_a_home_without_an_organ_names_it_for_each_row(
    shell: Shell, empty_home: Path, tmp_path: Path
) -> None:
    shell.home = tmp_path / "bare"
    shutil.copytree(empty_home, shell.home)
    code, said = shell.issue({})
    assert code == 1
    assert "不在人员台账里" in said["refused"][0]["say"]


def test_a_range_prints_again_in_numeric_order_marked(shell: Shell) -> None:
    shell.issue(*({"号牌号码": f"湘J0000{one}"} for one in range(1, 6)))
    code, out, _ = shell.run(
        "notices", "print", shell.number(4), shell.number(2), "-o", shell.out, "--json"
    )
    assert (code, json.loads(out)["printed"]) == (0, 3)
    pages = shell.pages()
    assert [one.count("补打") for one in pages] == [1, 1, 1]
    assert ["湘J·0000" + one.split("湘J·0000")[1][0] for one in pages] == [
        "湘J·00002",
        "湘J·00003",
        "湘J·00004",
    ]


def test_a_number_in_another_style_is_understood(shell: Shell) -> None:
    shell.issue({})
    for brackets in ("[]", "［］", "()", "（）", "【】"):
        number = f"常城管温告字{brackets[0]}{shell.year}{brackets[1]}1号"
        assert shell.run("notices", "print", number, number, "-o", shell.out)[0] == 0


def test_an_unknown_number_is_refused(shell: Shell) -> None:
    code, _, err = shell.run("notices", "print", "没有", "没有", "-o", shell.out)
    assert code == 1
    assert "没有编号为“没有”的温馨告知书" in err


def test_imported_rows_print_marked_as_taken_over(shell: Shell) -> None:
    row = {"编号": shell.number(7), "执法人员1": "", "执法人员2": ""}
    path = shell.sheet(row)
    assert shell.run("import", path, "--kind", "notices")[0] == 0
    code, _, err = shell.run("notices", "print", shell.number(7), shell.number(7), "-o", shell.out)
    assert (code, err) == (0, "")
    (page,) = shell.pages()
    assert "补录" in page
    assert shell.issue({})[1]["first"] == shell.number(8)


@pytest.mark.parametrize(
    "words",
    [
        ("notices", "issue", "x.xlsx"),
        ("notices", "issue", "x.xlsx", "-o", "o.pdf", "--per-sheet", "3"),
        ("notices", "print", "x", "-o", "o.pdf"),
        ("notices",),
    ],
)
def test_wrong_usage_is_two(shell: Shell, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        shell.run(*words)
    assert left.value.code == 2
