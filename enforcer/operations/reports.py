"""Reports that went out: a span is counted, printed, kept with its rows, and never changed again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from enforcer.errors import InvalidForm
from enforcer.models import Document, Setting
from enforcer.operations.editing import CHINA, SettingForm, block, changed_meanwhile, once
from enforcer.operations.registry import operation
from enforcer.queries import frozen_reports, statistics, statistics_paper, statistics_summary
from enforcer.queries.frozen_reports import Frozen
from enforcer.queries.looking import version
from enforcer.queries.periods import FIRST_YEAR, Period
from enforcer.queries.statistics import SUMMARY_WORDING
from enforcer.queries.statistics_cells import WAN, YUAN, Layout
from enforcer.queries.statistics_measures import RULES_EDITION
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import DocumentState
from enforcer.text import OptionalLine

OWN_RULE = "本机关内部规定"


class FreezeReportForm(BaseModel):
    """A span, both days within it; `reason` when the same span was frozen before."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    first: date = Field(title="开始日期")
    last: date = Field(title="结束日期")
    money_unit: str = Field(default=YUAN, title="金额单位", pattern=f"^({YUAN}|{WAN})$")
    reason: str = Field(default="", title="再次锁定的原因", max_length=500)


@operation("锁定上报", FreezeReportForm)
def freeze_report(
    store: Store, form: FreezeReportForm, *, today: date, now: datetime, actor: str
) -> int:
    """Count the span, print it with the head of the log, keep figures and rows; the paper's id.

    Refused for a span that is not over, and for one that was frozen and stands unchanged.
    """
    if form.first.year < FIRST_YEAR:
        raise InvalidForm({"first": f"开始日期 {form.first} 的年份不合理。请改正统计期间。"})
    if form.last < form.first:
        raise InvalidForm({"last": "结束日期早于开始日期。请改正统计期间。"})
    if form.last > today:
        raise block(
            "report_not_over",
            f"统计期间到 {form.last} 才结束，今天是 {today}，现在锁定的数字还会变。"
            "请到期以后再锁定，或者把结束日期改到今天以前。",
            OWN_RULE,
            "last",
        )
    period = Period(form.first, form.last)

    def deed(session: Session) -> int:
        earlier = frozen_reports.frozen_reports(session, period)
        if earlier and not form.reason.strip():
            raise block(
                "report_frozen_already",
                f"{period.label}的报表已于 {_day(earlier[0])} 锁定上报。再次锁定请写明原因，"
                "原来的报表照样保留。",
                OWN_RULE,
                "reason",
            )
        return _kept(store, session, form, period, len(earlier) + 1, (today, now, actor))

    return once(store, form, name="freeze_report", now=now, actor=actor, deed=deed)


def _kept(
    store: Store,
    session: Session,
    form: FreezeReportForm,
    period: Period,
    times: int,
    deed: tuple[date, datetime, str],
) -> int:
    today, now, actor = deed
    report = statistics.report(session, period)
    layout = Layout(today, form.money_unit, frozen=f"第{times}次锁定上报，统计口径{RULES_EDITION}")
    pdf = statistics_paper.make_pdf(report, layout=layout)
    values, rows = frozen_reports.kept(session, report.figures)
    file = vault.keep(store.vault, pdf, suffix=".pdf")
    row = Document(
        template_key=frozen_reports.TEMPLATE,
        template_version=RULES_EDITION,
        title=f"{period.label}{statistics_paper.TITLE}",
        number=f"{period.text}（第{times}次）",
        state=DocumentState.ISSUED,
        fields={
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "times": times,
            "reason": form.reason.strip(),
            "money_unit": form.money_unit,
            "unit": report.unit,
            "chain_head": report.chain_head,
            "values": values,
            "rows": rows,
        },
        vault_name=file.name,
        sha256=file.sha256,
        pages=statistics_paper.pages(pdf),
        issued_at=now,
        issued_on=today,
        issued_by=actor,
    )
    session.add(row)
    session.flush()
    assert row.id
    return row.id


class SummaryWordingForm(SettingForm):
    """The office's own words of the yearly paragraph, by the shipped ones; blank drops the clause."""

    texts: dict[str, OptionalLine] = Field(default_factory=dict, title="措辞")


@operation("修改总结段落的措辞", SummaryWordingForm)
def save_summary_wording(
    store: Store, form: SummaryWordingForm, *, today: date, now: datetime, actor: str
) -> str:
    """Keep the words that differ from the shipped ones; names in braces must be figures."""
    del today  # every operation is given it
    known = {one.text for one in statistics_summary.parts()}
    wrong = {}
    for shipped, own in form.texts.items():
        if shipped not in known:
            wrong[shipped] = "程序自带的段落里没有这一句，请恢复原文后重新修改。"
        elif unknown := statistics_summary.unknown_name(own):
            wrong[shipped] = f"“{unknown}”不是统计数字的名称，请照原文的花括号填写。"
    if wrong:
        raise InvalidForm(wrong)

    def deed(session: Session) -> str:
        row = session.get(Setting, SUMMARY_WORDING)
        if row is not None and form.loaded and form.loaded != version(row):
            raise changed_meanwhile(session, [("setting", SUMMARY_WORDING)], "措辞")
        row = row or Setting(key=SUMMARY_WORDING)
        row.value = {key: own for key, own in form.texts.items() if own != key}
        session.add(row)
        return SUMMARY_WORDING

    return once(store, form, name="save_summary_wording", now=now, actor=actor, deed=deed)


def frozen_pdf(store: Store, one: Frozen) -> bytes:
    """The paper as it was frozen; refused when its file is gone or was changed."""
    return vault.read(store.vault, one.vault_name, one.sha256)


def _day(one: Frozen) -> str:
    return f"{one.frozen_at.astimezone(CHINA):%Y-%m-%d}"
