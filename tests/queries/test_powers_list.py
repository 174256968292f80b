"""权责清单 and 公示栏: what the registers and the law data say, and what they leave open."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from enforcer.law import catalogue
from enforcer.models import ItemPower, LocalAmount, Organ, PowerSource, Setting
from enforcer.queries import powers_board, powers_list, powers_paper
from enforcer.queries.powers_paper import WallPaper
from enforcer.store.database import Store
from enforcer.terms import PowerKind
from tests.factories import an_office

DAY = date(2026, 11, 23)


def put(store: Store, *rows: object) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add_all(rows)


def entrusted(store: Store, *items: str, until: date = date(2027, 12, 31)) -> None:
    with store.unit(actor="测试", operation="put") as session:
        organ = Organ(name="常德市住房和城乡建设局", enabled=True)
        session.add(organ)
        session.flush()
        source = PowerSource(
            kind=PowerKind.ENTRUSTED, organ_id=organ.id, handled_by="常德市城管支队",
            document_title="行政处罚委托书", valid_from=date(2025, 1, 1), valid_until=until,
        )  # fmt: skip
        session.add(source)
        session.flush()
        session.add_all(ItemPower(item_key=one, power_source_id=source.id) for one in items)


def test_each_item_names_its_power_its_law_and_its_range(store: Store) -> None:
    an_office(store)
    found = powers_list.power_list(store, DAY)
    assert [one.name for one in found.organs] == ["常德市城市管理和综合执法局"]
    row = next(one for one in found.rows if one.item.key == "pavement_parking")
    assert "法定职权" in row.source
    assert "常办〔2021〕1号" in row.source
    assert row.validity == "2021-01-01\n至 长期"
    assert row.breached == "《中华人民共和国道路交通安全法》第五十六条第一款"
    assert row.sanctioned_by == "《中华人民共和国道路交通安全法》第九十三条第二款"
    assert "20元以上200元以下" in row.ranges
    assert row.procedure == "简易、普通"
    assert row.kinds == "罚款"


def test_items_without_power_and_of_others_are_left_out_and_counted(store: Store) -> None:
    an_office(store)
    found = powers_list.power_list(store, DAY)
    every = catalogue.items(DAY)
    elsewhere = sum(bool(one.refer_to) for one in every)
    assert (len(found.rows), found.elsewhere) == (2, elsewhere)
    assert found.without == len(every) - elsewhere - 2


@pytest.mark.parametrize(("until", "listed"), [(date(2026, 11, 23), 1), (date(2026, 11, 22), 0)])
def test_an_entrusted_item_stands_under_the_entrusting_organ_while_it_lasts(
    store: Store, until: date, listed: int
) -> None:
    key = next(one.key for one in catalogue.items(DAY) if not one.refer_to)
    entrusted(store, key, until=until)
    found = powers_list.power_list(store, DAY)
    assert sum(one.item.key == key for one in found.rows) == listed
    if listed:
        row = next(one for one in found.rows if one.item.key == key)
        assert row.power.organ.name == "常德市住房和城乡建设局"
        assert row.power.handled_by == "常德市城管支队"


def test_what_the_law_data_does_not_vouch_for_is_to_be_confirmed(store: Store) -> None:
    an_office(store, items=tuple(one.key for one in catalogue.items(DAY)))
    found = powers_list.power_list(store, DAY)
    for row in found.rows:
        graded = {row.item.verified, *(one.law.verified for one in row.item.sanctioned_by)}
        silent = any(one.amount_unknown for one in row.item.consequences)
        open_ = graded & {"V1", "S", "U"} or silent
        graded_too = {one.law.verified for one in row.item.breached} & {"V1", "S", "U"}
        assert ("待机关确认" in row.to_confirm) == bool(open_ or graded_too), row.item.title
    assert found.to_confirm > 10
    assert any(not one.to_confirm for one in found.rows)


def test_a_local_amount_answers_what_the_national_law_left_open(store: Store) -> None:
    item = next(
        one for one in catalogue.items(DAY)
        if not one.refer_to and one.verified == "V"
        and all(c.amount_unknown for c in one.consequences if c.fines)
        and any(c.amount_unknown for c in one.consequences)
    )  # fmt: skip
    an_office(store, items=(item.key,))
    [before] = powers_list.power_list(store, DAY).rows
    assert "罚款数额待机关确认" in before.to_confirm
    put(
        store,
        *(
            LocalAmount(
                item_key=item.key, side=side, min_fen=5_000, max_fen=50_000, document="本省条例",
                document_number="", article="第十条", text="……", from_on=date(2020, 1, 1),
            )
            for side in ("citizen", "organization")
        ),
    )  # fmt: skip
    [after] = powers_list.power_list(store, DAY).rows
    assert "罚款数额待机关确认" not in after.to_confirm


def test_the_board_tells_organ_basis_procedure_and_remedies(store: Store) -> None:
    an_office(store)
    found = powers_board.board(store, DAY)
    [organ] = found.organs
    assert [one.title for one in organ.remedies] == [
        "陈述、申辩", "听证", "行政复议", "行政诉讼", "申诉、检举"
    ]  # fmt: skip
    said = "".join(f"{one.title}{one.say}{one.cite}" for one in organ.remedies)
    assert "常德市人民政府（常德市朗州路1号）" in said
    assert "60 日内" in said
    assert "常德市武陵区人民法院" in said
    assert [title for title, _ in found.courses] == ["简易程序（当场处罚）", "普通程序"]
    steps = {one.title for _, told in found.courses for one in told}
    assert {"立案", "组织听证", "法制审核", "送达", "缴款"} <= steps
    assert not [one for one in steps if one.endswith("？")]
    cites = "".join(one.cite for _, told in found.courses for one in told)
    assert "行政行政" not in cites
    assert "处罚法" not in cites.replace("行政处罚法", "")


def test_what_the_office_has_not_confirmed_says_so_until_it_has(store: Store) -> None:
    an_office(store)
    [open_] = powers_board.board(store, DAY).organs
    assert "天数待机关确认" in open_.remedies[0].say
    assert "“较大数额罚款”的数额" in open_.remedies[1].say
    put(store, Setting(key="law.defence_days", value={"value": 4}))
    for name in powers_board.THRESHOLDS:
        put(store, Setting(key=f"law.{name}", value={"value": 500_000}))
    [settled] = powers_board.board(store, DAY).organs
    assert "4 个工作日内" in settled.remedies[0].say
    assert "待机关确认" not in settled.remedies[0].say + settled.remedies[1].say


def test_an_organ_without_its_court_says_that_it_is_not_registered(store: Store) -> None:
    entrusted(store, "pavement_parking")
    [organ] = powers_board.board(store, DAY).organs
    assert "没有登记，待机关确认" in organ.remedies[3].say
    assert "由常德市城管支队承办" in "".join(one.say for one in organ.who)


@pytest.mark.parametrize("kind", list(WallPaper))
@pytest.mark.parametrize(("size", "wide"), [("A4", 297), ("A3", 420)])
def test_both_come_out_on_either_sheet_and_as_a_workbook(
    store: Store, tmp_path: Path, kind: WallPaper, size: str, wide: int
) -> None:
    an_office(store)
    pages = PdfReader(BytesIO(powers_paper.make_pdf(store, kind, on=DAY, size=size))).pages
    box = pages[0].mediabox
    assert round(max(float(box.width), float(box.height)) / 72 * 25.4) == wide
    assert "常德市城市管理和综合执法局" in "".join(one.extract_text() for one in pages)
    path = tmp_path / "公示.xlsx"
    powers_paper.write_workbook(store, kind, path, on=DAY)
    book = openpyxl.load_workbook(path)
    assert "常德市城市管理和综合执法局" in book.sheetnames


def test_an_office_without_any_power_is_told_where_to_enter_it(
    store: Store, tmp_path: Path
) -> None:
    for kind in WallPaper:
        pages = PdfReader(BytesIO(powers_paper.make_pdf(store, kind, on=DAY))).pages
        assert "没有登记现行有效的权力来源" in "".join(
            "".join(one.extract_text() for one in pages).split()
        )
        powers_paper.write_workbook(store, kind, tmp_path / f"{kind}.xlsx", on=DAY)
