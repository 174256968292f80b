"""温馨告知书: what it says, what it must never say, and how it looks in each of its states."""

import re
from typing import Any

import pytest

from enforcer.documents import notice_fields, pdf, template
from tests.documents.paper_samples import BLANK, MM, boxes, notice, pixels, texts

NOTICE = template.shipped("courteous_notice")

GOLDEN = """\
常德市城市管理和综合执法局
温馨告知书
常城管温告字〔2026〕第00001号
尊敬的车主（驾驶员朋友）：
您好！您的车辆（号牌号码湘J·8K201）于2026年9月3日10时12分停放在桃林路101号门前人行道。\
人行道是行人通行的地方，车辆停放在此会给行人带来不便和危险。
请您尽快将车辆移至规范停车泊位，附近可停：规划展览馆停车场（步行约3分钟）。\
今后请按照《中华人民共和国道路交通安全法》第五十六条第一款的规定，在规定地点停放车辆。
本告知书仅为温馨提示，不属于行政处罚，不罚款、不记分。感谢您对城市管理工作的理解和支持！
2026年9月3日
常德市城市管理和综合执法局
咨询电话：0736-7000000　　地址：常德市武陵区朗州路100号
执法人员：周敏（J0700012）、何志远（J0700019）
存根（沿虚线裁开）
编号｜常城管温告字〔2026〕第00001号｜时间｜2026-09-03 10:12
号牌｜湘J·8K201　蓝｜情形｜人行道违法停车
地点｜桃林路101号门前人行道
本车第几次｜第2次（上次2026-06-14）｜执法仪｜0700021、0700033
结果｜☑已驶离　☐未驶离　☐转处罚｜备注｜
执法人员｜
扫描归卷
EN-0000000000000001
"""

STATES: dict[str, dict[str, Any]] = {
    "ordinary": {},
    "no plate": {"plate": "", "plate_known": False, "colour": ""},
    "blank": BLANK,
    "backfilled": {"backfilled": True, "nearby": ""},
}


def _said(**changes: Any) -> str:
    return template.resolved_text(NOTICE, notice(1, **changes))


def _letter(**changes: Any) -> str:
    """The part for the driver, without the stub."""
    return _said(**changes).split("存根")[0]


def test_an_ordinary_notice_says_exactly_this() -> None:
    assert _said(outcome="已驶离") == GOLDEN


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize(
    "never",
    ["责令", "处罚决定", "复议", "诉讼", "逾期", "限期", "接受处理", "身份证", "缴", "违法"],
)
def test_a_notice_orders_nothing_and_threatens_nothing(state: dict[str, Any], never: str) -> None:
    assert never not in _letter(**state)


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize(
    "always",
    [
        "不属于行政处罚",
        "不罚款",
        "第五十六条",
        "0736-7000000",
        "J0700012",
        "常德市城市管理和综合执法局",
        "第00001号",
    ],
)
def test_a_notice_always_says_what_it_is_and_whom_to_ask(
    state: dict[str, Any], always: str
) -> None:
    assert always in _letter(**state)


def test_a_vehicle_without_a_plate_is_spoken_of_without_one() -> None:
    said = _said(**STATES["no plate"])
    assert "这辆车（无号牌）" in said
    assert "号牌｜无号牌" in said
    assert "号牌号码" not in said
    assert "号牌无法辨认" in _letter(plate="号牌无法辨认", plate_known=False)


def test_a_blank_leaves_space_for_the_hand_and_claims_nothing() -> None:
    said = _said(**BLANK)
    assert "号牌号码＿＿＿＿＿＿＿" in said
    assert re.search(r"于＿+年＿+月＿+日＿+时＿+分停放在＿{10,}", said)
    assert re.search(r"\n＿+年＿+月＿+日\n", said)
    assert "无号牌" not in said


def test_the_next_step_and_the_entrusted_unit_are_printed_only_when_given() -> None:
    fields = notice() | {"next_step": "今后再次停放的，将依法处理。"}
    fields["organ"] |= {"handled_by": "城市管理综合执法大队一中队"}
    said = template.resolved_text(NOTICE, fields)
    assert "今后再次停放的，将依法处理。" in said
    assert "承办单位：城市管理综合执法大队一中队" in said
    assert "承办单位" not in _said()


@pytest.mark.parametrize("outcome", ["已驶离", "未驶离", "转处罚", ""])
def test_the_outcome_is_ticked(outcome: str) -> None:
    ticked = re.findall(r"☑(\w+)", _said(outcome=outcome))
    assert ticked == ([outcome] if outcome else [])


def test_a_tick_is_drawn_as_a_shape() -> None:
    empty, ticked = (
        pixels(pdf.render(NOTICE, notice(outcome=o)).pdf, 0, 2) for o in ("", "已驶离")
    )
    assert (empty != ticked).sum() > 20


def test_every_placeholder_is_a_field_that_a_notice_has() -> None:
    assert template.placeholders(NOTICE) <= notice_fields.paths()


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize("per_sheet", [1, 2, 4])
def test_every_state_is_one_page_with_its_stub_and_its_code(
    state: dict[str, Any], per_sheet: int
) -> None:
    many = [notice(i, **state) for i in range(1, per_sheet + 1)]
    made = pdf.render_batch(NOTICE, many, per_sheet=per_sheet)
    (said,) = texts(made.pdf)
    assert made.pages == 1
    assert said.count("扫描归卷") == per_sheet
    assert said.count("本车第几次") == per_sheet
    assert ("补录" in said) is bool(state.get("backfilled"))


def test_a_place_of_two_hundred_characters_still_makes_one_page_and_one_cut() -> None:
    place = ("湖南省常德市武陵区桃林路与朗州路交叉口东南角规划展览馆正门前人行道" * 7)[:200]
    for per_sheet in (1, 2, 4):
        made = pdf.render_batch(NOTICE, [notice(place=place)], per_sheet=per_sheet)
        assert made.pages == 1
        assert texts(made.pdf)[0].count(place[-12:]) >= 2
    one, two = (
        pdf.render_batch(NOTICE, [notice(place=p)], per_sheet=1).pdf for p in (place, "桃林路口")
    )
    assert _cut_at(one) == pytest.approx(_cut_at(two), abs=0.5)


def _cut_at(data: bytes) -> float:
    found = list(boxes(data))
    text = "".join(box.text for box in found)
    return found[text.index("沿虚线裁开")].bottom


def test_the_letter_stays_above_the_cut_and_the_stub_below() -> None:
    place = "桃林路" * 66
    found = list(boxes(pdf.render(NOTICE, notice(place=place)).pdf))
    cut = found["".join(b.text for b in found).index("沿虚线裁开")]
    above = [b for b in found if b.bottom > cut.top and b.text.strip()]
    below = [b for b in found if b.top < cut.bottom and b.text.strip()]
    assert "何志远" in "".join(b.text for b in above)
    assert "执法人员" in "".join(b.text for b in below)
    assert min(b.bottom for b in above) - cut.top > 2 * MM
    assert cut.bottom - max(b.top for b in below) > 2 * MM


def test_a_thousand_notices_are_one_quick_file() -> None:
    made = pdf.render_batch(NOTICE, [notice(i) for i in range(1000)], per_sheet=1)
    assert made.pages == 1000
    assert made.page_of == list(range(1, 1001))
    assert len(made.pdf) < 3_000_000
