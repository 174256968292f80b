"""Wall charts: everything of the law is on them, and nothing lies on anything else."""

from datetime import date
from io import BytesIO
from itertools import combinations, pairwise

import pypdfium2
import pytest
from pypdf import PdfReader

from enforcer.documents import flowchart, flowchart_ordinary, flowchart_summary
from enforcer.documents.flowchart import SheetSize
from enforcer.documents.flowchart_layout import Placed, Rect, place
from enforcer.documents.flowchart_parts import Law, Shape, short
from enforcer.errors import GlyphMissing
from enforcer.law import lifecycle, summary
from enforcer.terms import CaseStep

DAY = date(2026, 11, 23)
UNIT = "某某高新技术产业开发区城市管理和综合行政执法局"
SETTLED = {
    "lead_reply_days": "15",
    "filing_days": "15",
    "defence_days": "10",
    "summary_record_days": "5",
    "sole_trader_limit": "按其他组织",
}
PLANS = {
    "ordinary": flowchart_ordinary.plan(Law(DAY)),
    "summary": flowchart_summary.plan(Law(DAY)),
    "ordinary settled": flowchart_ordinary.plan(Law(DAY, SETTLED)),
    "summary settled": flowchart_summary.plan(Law(DAY, SETTLED)),
}
every_chart = pytest.mark.parametrize("name", PLANS)
FOLDED_IN = {
    step: node
    for node in PLANS["ordinary"].nodes
    for step in node.steps
    if step in flowchart_ordinary.FOLDED
}


@pytest.fixture(scope="module")
def placed() -> dict[str, Placed]:
    return {name: place(plan) for name, plan in PLANS.items()}


def text_of(pdf: bytes) -> str:
    page = PdfReader(BytesIO(pdf)).pages[0]
    return "".join(page.extract_text().split())


# ── what is on it ───────────────────────────────────────────────────────────────────────────────


def test_every_step_of_the_machine_is_on_the_ordinary_chart():
    shown = {step for node in PLANS["ordinary"].nodes for step in node.steps}
    assert shown == {one.key for one in lifecycle.STEPS}


def test_a_step_without_a_box_of_its_own_says_why_and_is_told_in_another():
    alone = {node.steps[0] for node in PLANS["ordinary"].nodes if node.steps}
    assert {one.key for one in lifecycle.STEPS} - alone == set(flowchart_ordinary.FOLDED)
    for step, why in flowchart_ordinary.FOLDED.items():
        assert why.endswith("。")
        assert step.label in "".join(FOLDED_IN[step].lines)


SAID_OTHERWISE = {CaseStep.SIGNED, CaseStep.RULED, CaseStep.DECIDED}  # a question, its outcomes


def test_every_step_stands_with_the_name_and_the_article_of_the_machine():
    for one in lifecycle.STEPS:
        if one.key in flowchart_ordinary.FOLDED or one.key in SAID_OTHERWISE:
            continue
        node = next(n for n in PLANS["ordinary"].nodes if n.steps[:1] == (one.key,))
        assert node.title == one.label
        if one.key is not CaseStep.LEAD_REPLIED:  # 本机关内部规定, its days are the office's
            assert short(one.cite) in node.cite


def test_every_guard_of_the_summary_procedure_has_its_place():
    told = [name for node in PLANS["summary"].nodes for name in node.guards]
    assert sorted(told) == sorted(one.__name__ for one in summary.GUARDS)


def reached(plan, start: set[str]) -> set[str]:
    """Every node that can be reached along the wires; a frame stands for all that is in it."""
    inside = {g.key: {n.key for n in plan.nodes if g.holds(n)} for g in plan.groups}
    ways = [(wire.source, wire.target) for wire in plan.wires]
    ways += [(g.after, g.key) for g in plan.groups if g.after]
    ways += [(key, one) for key, members in inside.items() for one in members]
    ways += [(one, key) for key, members in inside.items() for one in members]
    found, fresh = set(start), set(start)
    while fresh:
        fresh = {end for begin, end in ways if begin in fresh} - found
        found |= fresh
    return found


def test_the_wires_lead_from_each_ground_to_what_rests_on_it():
    plan = PLANS["ordinary"]
    of_step = {step: {n.key for n in plan.nodes if step in n.steps} for step in CaseStep}
    for one in lifecycle.STEPS:
        for ground in one.rests_on:
            way = reached(plan, of_step[ground])
            assert way & of_step[one.key], f"{ground.label} → {one.label}"


@every_chart
def test_everything_is_reached_from_the_beginning(name):
    plan = PLANS[name]
    signs = {node.key for node in plan.nodes if node.shape is not Shape.NOTE}
    assert signs <= reached(plan, {plan.nodes[0].key})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ordinary", [
            "7个工作日内", "5个工作日内", "7个工作日前", "30日内", "24小时内", "3日内", "15日内",
            "满10个工作日", "救济期满3个月内", "60日内", "6个月内", "满30日视为送达",
            "处罚法第五十四条第二款", "强制法第二十五条第一款", "移送规定第五条第二款",
            "天数待机关确认", "2026年11月23日", "2021年7月15日起施行", "不少于2人",
            "听证？", "法制审核？", "集体讨论？", "违法事实不能成立", UNIT,
        ]),
        ("summary", [
            "公民200元以下", "3000元以下", "2个工作日内", "15日内", "先申请行政复议",
            "处罚法第五十一条", "处罚法第五十二条第一款", "转普通程序", "天数待机关确认", UNIT,
        ]),
        ("summary settled", ["5个工作日内", "按其他组织"]),
        ("ordinary settled", ["10个工作日内", "15个工作日内"]),
    ],
)  # fmt: skip
def test_periods_articles_and_the_day_are_on_the_paper(name, words):
    said = text_of(flowchart.render(PLANS[name], on=DAY, unit=UNIT).pdf)
    assert [one for one in words if one not in said] == []
    if name.endswith("settled"):
        assert said.count("待机关确认") == 1  # only what the foot explains


@pytest.mark.parametrize("size", list(SheetSize))
def test_one_page_of_the_chosen_size_with_all_faces_embedded(size):
    paper = flowchart.render(PLANS["ordinary"], on=DAY, unit=UNIT, size=size)
    reader = PdfReader(BytesIO(paper.pdf))
    (page,) = reader.pages
    wide, high = (round(float(side) / 72 * 25.4) for side in page.mediabox[2:])
    assert (wide, high) == {SheetSize.A3: (297, 420), SheetSize.A4: (210, 297)}[size]
    drawn = [
        font.get_object()
        for font in page["/Resources"]["/Font"].values()
        if font.get_object()["/Subtype"] == "/Type0"
    ]
    assert drawn
    for one in drawn:
        (face,) = one["/DescendantFonts"]
        assert "/FontFile2" in face.get_object()["/FontDescriptor"]


def test_the_same_day_gives_the_same_paper():
    first, again = (flowchart.render(PLANS["summary"], on=DAY, unit=UNIT) for _ in range(2))
    assert first.sha256 == again.sha256


def test_a_unit_that_no_face_can_write_is_refused():
    with pytest.raises(GlyphMissing):
        flowchart.render(PLANS["summary"], on=DAY, unit="\U0001f600局")


# ── where it stands ─────────────────────────────────────────────────────────────────────────────


@every_chart
def test_it_fits_the_sheet(placed, name):
    assert placed[name].height < 0.5


@every_chart
@pytest.mark.parametrize("size", list(SheetSize))
def test_nothing_is_written_where_a_printer_does_not_reach(name, size):
    pdf = flowchart.render(PLANS[name], on=DAY, unit=UNIT, size=size).pdf
    page = pypdfium2.PdfDocument(pdf)[0]
    words = page.get_textpage()
    boxes = [words.get_charbox(at) for at in range(words.count_chars())]
    edge = 5 / 25.4 * 72
    assert min(box[0] for box in boxes) > edge
    assert min(box[1] for box in boxes) > edge
    assert max(box[2] for box in boxes) < page.get_width() - edge
    assert max(box[3] for box in boxes) < page.get_height() - edge


@every_chart
def test_no_two_signs_overlap(placed, name):
    signs = placed[name].signs.values()
    assert [(a.node.key, b.node.key) for a, b in combinations(signs, 2) if a.at.meets(b.at)] == []


def inner(rect: Rect, by: float) -> Rect:
    return Rect(rect.x + by, rect.y + by, rect.width - 2 * by, rect.height - 2 * by)


@every_chart
def test_words_stay_inside_their_sign(placed, name):
    for sign in placed[name].signs.values():
        for one in sign.words:
            assert inner(sign.at, 1.0).holds(one.at), f"{sign.node.key}: {one.line.text}"
            assert one.kind == "clock" or sign.strip is None or not one.at.meets(sign.strip)


@every_chart
def test_the_words_of_a_question_stay_inside_its_diamond(placed, name):
    for sign in placed[name].signs.values():
        if sign.node.shape is not Shape.QUESTION:
            continue
        cx, cy = sign.at.middle
        for one in sign.words:
            glyphs = inner(one.at, 1.0)
            for x in (glyphs.x, glyphs.right):
                for y in (glyphs.y, glyphs.bottom):
                    far = abs(x - cx) / (sign.at.width / 2) + abs(y - cy) / (sign.at.height / 2)
                    assert far < 1, f"{sign.node.title}: {one.line.text}"


def stretches(run):
    for (x0, y0), (x1, y1) in pairwise(run.points):
        assert abs(x0 - x1) < 0.01 or abs(y0 - y1) < 0.01, run.wire
        yield Rect(min(x0, x1) - 0.3, min(y0, y1) - 0.3, abs(x1 - x0) + 0.6, abs(y1 - y0) + 0.6)


@every_chart
def test_no_wire_runs_through_a_sign(placed, name):
    for run in placed[name].runs:
        for sign in placed[name].signs.values():
            for one in stretches(run):
                assert not one.meets(inner(sign.at, 0.8)), f"{run.wire.start} × {sign.node.key}"


@every_chart
def test_no_wire_runs_through_words_between_the_signs(placed, name):
    chart = placed[name]
    for run in chart.runs:
        for other in chart.runs:
            if other.label is not None:
                for one in stretches(run):
                    assert not one.meets(other.label.at), f"{run.wire.start} × {other.label.line}"


@every_chart
def test_labels_lie_on_no_sign_and_on_no_other_label(placed, name):
    chart = placed[name]
    labels = [run.label for run in chart.runs if run.label is not None]
    for label in labels:
        assert [s.node.key for s in chart.signs.values() if s.at.meets(label.at)] == []
    assert [
        (a.line.text, b.line.text) for a, b in combinations(labels, 2) if a.at.meets(b.at)
    ] == []


@every_chart
def test_wires_of_different_ways_do_not_cross(placed, name):
    runs = placed[name].runs
    crossings = []
    for a, b in combinations(runs, 2):
        if {a.wire.source, a.wire.target} & {b.wire.source, b.wire.target}:
            continue  # wires from or to one sign may share a stretch
        crossings += [
            (a.wire.start, b.wire.start) for s in stretches(a) for t in stretches(b) if s.meets(t)
        ]
    assert crossings == []


@every_chart
def test_frames_hold_their_members_and_nothing_else(placed, name):
    chart = placed[name]
    for group in chart.plan.groups:
        frame = chart.groups[group.key]
        for sign in chart.signs.values():
            if group.holds(sign.node):
                assert frame.holds(sign.at)
            else:
                assert not frame.meets(sign.at), f"{group.title} × {sign.node.key}"


@every_chart
def test_signs_stand_in_the_stripe_of_their_part(placed, name):
    chart = placed[name]
    for band, stripe in zip(chart.plan.bands, chart.bands, strict=True):
        for sign in chart.signs.values():
            if band.first_row <= sign.node.row <= band.last_row:
                assert stripe.holds(sign.at), f"{band.title}: {sign.node.key}"


@every_chart
def test_the_names_of_steps_are_large_enough_for_a_wall(placed, name):
    chart = placed[name]
    for sign in chart.signs.values():
        if sign.node.shape is Shape.NOTE:
            continue
        for one in sign.words:
            size = one.type_.size * chart.plan.zoom
            assert size >= (12.0 if one.kind == "title" else 8.0)
