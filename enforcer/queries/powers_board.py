"""公示栏: 实施机关, 立案依据, 实施程序, 救济渠道, as the law wants them public (行政处罚法 第三十九条)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from enforcer.documents.flowchart_parts import SHORT, Law, Node, Plan, Shape, Who
from enforcer.documents.marked import plain
from enforcer.law.parameters import TO_CONFIRM
from enforcer.queries import powers_list
from enforcer.queries.flowchart import ChartKind, plan_of, settled_by_office
from enforcer.queries.looking import Where, looking
from enforcer.queries.powers import OrganRow
from enforcer.queries.powers_list import PowerRow

WHO = {Who.OFFICER: "", Who.HEAD: "负责人", Who.REVIEWER: "法制审核人员"}
THRESHOLDS = {
    "hearing_threshold_citizen": "公民“较大数额罚款”的数额",
    "hearing_threshold_organization": "法人或者其他组织“较大数额罚款”的数额",
    "hearing_threshold_confiscation": "“较大数额违法所得、较大价值非法财物”的数额",
}
COURSES = {ChartKind.SUMMARY: "简易程序（当场处罚）", ChartKind.ORDINARY: "普通程序"}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what it is called, what it says, its article."""

    title: str
    say: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class OrganBoard:
    """What is public of one organ: who it is, by what it files, where one turns to."""

    organ: OrganRow
    who: tuple[Told, ...]
    filing: tuple[Told, ...]
    remedies: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The board as of a day; the courses are the same for all organs."""

    on: date
    organs: tuple[OrganBoard, ...]
    courses: tuple[tuple[str, tuple[Told, ...]], ...]


def board(where: Where, on: date) -> Board:
    """The four things of 第三十九条, from the registers, the law data and the state machine."""
    with looking(where) as session:
        found = powers_list.power_list(session, on)
        law = Law(on, settled_by_office(session))
    return Board(
        on,
        tuple(
            OrganBoard(
                one, _who(one, found.of(one)), _filing(found.of(one), law), _remedies(one, law)
            )
            for one in found.organs
        ),
        tuple((title, _steps(plan_of(kind, law))) for kind, title in COURSES.items()),
    )


def _who(organ: OrganRow, rows: tuple[PowerRow, ...]) -> tuple[Told, ...]:
    """An entrusted unit is told as who handles, never as who decides (第二十条第三款)."""
    sources = {row.power.source.id: row.power for row in rows}.values()
    made = [
        Told("实施机关", organ.name),
        Told("地址", _or_asked(organ.address)),
        Told("电话", _or_asked(organ.phone)),
    ]
    for one in sources:
        handled = f"，由{one.handled_by}承办" if one.handled_by else ""
        until = f"，有效期至 {one.source.valid_until}" if one.source.valid_until else ""
        made.append(Told(one.source.kind.label, f"{one.source.document}{handled}{until}", one.cite))
    return tuple(made)


def _filing(rows: tuple[PowerRow, ...], law: Law) -> tuple[Told, ...]:
    laws = dict.fromkeys(f"《{one.law.title}》" for row in rows for one in row.item.sanctioned_by)
    return (
        Told(
            "立案",
            "发现公民、法人或者其他组织有依法应当给予行政处罚的行为的，全面、客观、公正地调查，"
            "收集有关证据；符合立案标准的，及时立案。",
            "行政处罚法第五十四条",
        ),
        Told("立案的期限", f"自登记线索起，{law.asked('filing_days')}"),
        Told("处罚依据", f"{'、'.join(laws)}，共{len(rows)}个事项，见权责清单。"),
    )


def _remedies(organ: OrganRow, law: Law) -> tuple[Told, ...]:
    body = _or_asked(organ.reconsideration_body, "复议机关")
    where = f"（{organ.reconsideration_address}）" if organ.reconsideration_address else ""
    court = _or_asked(organ.court, "有管辖权的法院")
    open_ = [words for name, words in THRESHOLDS.items() if not law.known(name)]
    asked = f"{'、'.join(open_)}{TO_CONFIRM}。" if open_ else ""
    return (
        Told(
            "陈述、申辩",
            "作出决定以前，当事人有权陈述和申辩，不因陈述、申辩受到更重的处罚；"
            f"收到告知后提出（{law.asked('defence_days')}）。",
            "行政处罚法第四十四条、第四十五条",
        ),
        Told(
            "听证",
            "拟作出较大数额罚款、没收较大数额违法所得或者较大价值非法财物、降低资质等级、吊销许可"
            "证件、责令停产停业、责令关闭、限制从业等处罚的，当事人有权要求听证，"
            f"告知后{law.clock('hearing_request')}提出，不承担费用。{asked}",
            "行政处罚法第六十三条、第六十四条",
        ),
        Told(
            "行政复议",
            f"自知道决定之日起{law.clock('reconsideration')}，向{body}{where}申请。"
            "对当场作出的行政处罚决定不服的，应当先申请行政复议。",
            "行政复议法第二十条、第二十三条、第二十四条",
        ),
        Told(
            "行政诉讼",
            f"自知道决定之日起{law.clock('litigation')}，向{court}提起；经过行政复议的，"
            f"收到复议决定书{law.clock('litigation_after_reconsideration')}提起。",
            "行政诉讼法第四十五条、第四十六条",
        ),
        Told(
            "申诉、检举",
            f"对行政处罚有权申诉或者检举；电话：{_or_asked(organ.phone)}。",
            "行政处罚法第七十五条第二款",
        ),
    )


def _steps(plan: Plan) -> tuple[Told, ...]:
    """The steps of a chart in the order they are read; its notes and questions stand on the chart alone."""
    nodes = [one for one in plan.nodes if one.shape not in {Shape.NOTE, Shape.QUESTION}]
    return tuple(_step(one) for one in sorted(nodes, key=lambda one: (one.row, one.col)))


def _step(node: Node) -> Told:
    parts = [WHO[node.who], *node.lines, node.clock]
    said = "；".join(plain(one) for one in parts if one)
    cite = node.cite.replace("\n", "、")
    for full, short in SHORT.items():  # the board has no legend of short names
        cite = re.sub(rf"(?<![\u4e00-\u9fff]){short}", full.split("（", maxsplit=1)[0], cite)
    return Told(plain(node.title), said, cite)


def _or_asked(text: str, what: str = "") -> str:
    """What a register holds; what it does not yet hold says so."""
    return text or f"{what}（没有登记，{TO_CONFIRM}）"
