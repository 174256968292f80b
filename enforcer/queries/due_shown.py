"""What 今日 shows of publication and of evidence: what is to be shown, taken back, checked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from enforcer.law import deadlines
from enforcer.queries.due_rows import DueRow, Look, Matter, Pressing, day, kept

PUBLICATION = "registers.publication"
KEEPING = "evidence.keeping"
CHECK_DAYS = 7
ARTICLE_47 = "行政处罚法（2021）第四十七条"

_TO_PUBLISH = """
SELECT decision.id, decision.number, decision.decided_on, case_.party_name
FROM publication JOIN decision ON decision.id = publication.decision_id
JOIN enforcement_case AS case_ ON case_.id = decision.case_id
WHERE publication.audience = 'public' AND publication.wanted
  AND publication.published_on IS NULL AND decision.revoked_on IS NULL
  AND publication.taken_back_at IS NULL
"""
_TO_WITHDRAW = """
SELECT decision.id, decision.number, case_.party_name,
  min(min(coalesce(decision.revoked_on, remedy.concluded_on),
      coalesce(remedy.concluded_on, decision.revoked_on))) AS undone_on
FROM publication JOIN decision ON decision.id = publication.decision_id
JOIN enforcement_case AS case_ ON case_.id = decision.case_id
LEFT JOIN remedy ON remedy.case_id = decision.case_id AND remedy.taken_back_at IS NULL
  AND remedy.outcome IN ('changed', 'revoked', 'unlawful', 'void')
WHERE publication.audience = 'public' AND publication.published_on IS NOT NULL
  AND publication.withdrawn_on IS NULL
  AND (decision.revoked_on IS NOT NULL OR remedy.concluded_on IS NOT NULL)
GROUP BY decision.id
"""
_CHECKED = """
SELECT (SELECT count(*) FROM evidence_file WHERE deletion_id IS NULL) AS files,
  (SELECT max(finished_at) FROM evidence_check WHERE whole) AS last,
  (SELECT value FROM setting WHERE key = 'evidence') AS settings
"""


def shown_rows(look: Look) -> Iterator[DueRow]:
    """Everything that is due of what is shown to others and of what is kept as evidence."""
    for one in look.ask(_TO_PUBLISH):
        decided_on = day(one.decided_on)
        assert decided_on
        due = deadlines.due("publication", decided_on, calendar=look.days)
        yield from _until(look, one.id, "公开处罚决定", f"{one.number}　{one.party_name}", due)
    for one in look.ask(_TO_WITHDRAW):
        undone_on = day(one.undone_on)
        assert undone_on
        due = deadlines.due("publication_withdrawal", undone_on, calendar=look.days)
        matter = f"{one.number}　{one.party_name}"
        yield from _until(look, one.id, "撤回已经公开的决定并说明理由", matter, due)
    yield from _check(look)


def _until(
    look: Look, decision_id: int, what: str, words: str, due: deadlines.Due
) -> Iterator[DueRow]:
    matter = Matter("", decision_id, words, "")
    for row in matter.until(look, "publication", what, due):
        yield replace(row, place=PUBLICATION)


def _check(look: Look) -> Iterator[DueRow]:
    """All kept files are read again every week (or as often as the office has settled)."""
    found = look.ask(_CHECKED)[0]
    if not found.files:
        return
    days = int(kept(found.settings, {}).get("check_days") or CHECK_DAYS)
    last = date.fromisoformat(str(found.last)[:10]) if found.last else None
    due_on = last + timedelta(days=days) if last else look.today
    if due_on > look.today:
        return
    yield DueRow(
        key="evidence-check",
        pressing=Pressing.LATE if due_on < look.today else Pressing.TODAY,
        what="核对全部证据文件",
        matter=f"{found.files} 个文件，{f'上次 {last}' if last else '还没有核对过'}",
        due_on=due_on,
        days_left=look.left(due_on),
        cite=ARTICLE_47,
        why=(f"证据文件每 {days} 天重读一遍，和登记时的校验值对照，被改动、丢失的当天就能发现。",),
        place=KEEPING,
    )
