"""The page of a case file that anyone can read: facts, course, papers and evidence with their hashes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from sqlmodel import Session, col, select

from enforcer.models import Case, CaseEvent, Document, EvidenceFile, EvidenceUse, Organ
from enforcer.operations.editing import CHINA
from enforcer.queries.evidence_items import item_rows
from enforcer.terms import CaseStep

_STYLE = (
    "body{font-family:'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:2em auto;"
    "max-width:60em;line-height:1.6}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}"
    "th{background:#eee}code{font-size:.8em;word-break:break-all}"
)


def summary(session: Session, case: Case, *, exported_at: datetime, exported_by: str) -> str:
    """One page of HTML without scripts or anything from outside."""
    organ = session.get(Organ, case.organ_id) if case.organ_id else None
    labels = {one.value: one.label for one in CaseStep}
    facts = [
        ("案号", case.number),
        ("程序", case.procedure.label),
        ("当事人", case.party_name),
        ("案由", case.cause),
        ("机关", organ.name if organ else ""),
        ("地点", case.place),
        ("违法事实", case.act),
        ("立案日期", str(case.filed_on or "")),
        ("结案日期", str(case.closed_on or "")),
        ("现在的阶段", case.stage.label),
        ("承办人", "、".join(one for one in (case.officer1, case.officer2) if one)),
    ]
    events = session.exec(
        select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(col(CaseEvent.id))
    ).all()
    papers = session.exec(
        select(Document).where(Document.case_id == case.id).order_by(col(Document.id))
    ).all()
    files = session.exec(
        select(EvidenceFile)
        .join(EvidenceUse, col(EvidenceUse.evidence_file_id) == col(EvidenceFile.id))
        .where(EvidenceUse.case_id == case.id, col(EvidenceUse.removed_at).is_(None))
    ).all()
    at = exported_at.astimezone(CHINA)
    return "".join(
        [
            f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(case.number)}',
            f"</title><style>{_STYLE}</style><h1>{escape(case.number)} 案件摘要</h1>",
            f"<p>{at:%Y-%m-%d %H:%M} 由 {escape(exported_by)} 导出。文书的原件在 papers 文件夹，",
            "文件名就是它的 SHA-256 校验值；hashes.txt 可以用 sha256sum -c 核对。</p>",
            _table((), facts),
            "<h2>办案经过</h2>",
            _table(
                ("日期", "步骤", "办理人"),
                [
                    (
                        str(one.happened_on),
                        labels.get(one.step, one.step),
                        str((one.detail or {}).get("by") or one.actor),
                    )
                    for one in events
                ],
            ),
            "<h2>文书</h2>",
            _table(
                ("文书", "文号", "日期", "状态", "SHA-256"),
                [
                    (one.title, one.number, str(one.issued_on), one.state.label, one.sha256)
                    for one in papers
                ],
            ),
            "<h2>证据清单</h2>",
            _table(
                ("序号", "证据", "种类", "证明对象", "SHA-256"),
                [
                    (str(one.position), one.title, one.kind.label, one.proves, one.sha256)
                    for one in item_rows(session, case.id or 0)
                ],
            ),
            "<h2>音像和照片（原始文件留在导出的电脑上）</h2>",
            _table(
                ("文件", "执法仪", "大小（字节）", "SHA-256"),
                [
                    (one.original_name, one.recorder, str(one.size), one.sha256)
                    for one in {each.id: each for each in files}.values()
                ],
            ),
            "</html>",
        ]
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return "<p>没有。</p>"
    top = "".join(f"<th>{escape(one)}</th>" for one in head)
    lines = []
    for row in rows:
        first, *rest = [escape(one) for one in row]
        mark = "td" if head else "th"
        lines.append(
            f"<tr><{mark}>{first}</{mark}>{''.join(f'<td>{one}</td>' for one in rest)}</tr>"
        )
    return f"<table>{f'<tr>{top}</tr>' if head else ''}{''.join(lines)}</table>"
