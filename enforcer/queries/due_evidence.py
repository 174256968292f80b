"""What 今日 shows of recordings: about to be written over, found wrong, without a second copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import col, func, select

from enforcer.exchange.media_names import CHINA
from enforcer.models import EvidenceFile
from enforcer.queries import evidence_settings, recording_copies
from enforcer.queries.due_rows import DueRow, Pressing
from enforcer.queries.due_shown import ARTICLE_47, KEEPING
from enforcer.queries.evidence_recorders import NEAR_DAYS, RecorderWarning, overwrite_warnings
from enforcer.queries.evidence_settings import EvidenceSettings
from enforcer.queries.evidence_states import problem_states
from enforcer.queries.looking import Where, looking

INTAKE, BACKUP = "evidence.intake", "settings.backup"


def evidence_rows(where: Where, *, today: date) -> tuple[DueRow, ...]:
    """Everything that could lose a recording, the most pressing first."""
    with looking(where) as session:
        chosen = evidence_settings.settings(session)
        found = [
            *(_unread(one, chosen, today) for one in overwrite_warnings(session, today=today)),
            *_wrong(session),
            *_single(session, today),
        ]
    order = list(Pressing)
    return tuple(
        sorted(found, key=lambda one: (order.index(one.pressing), one.due_on or date.max, one.key))
    )


def _unread(one: RecorderWarning, chosen: EvidenceSettings, today: date) -> DueRow:
    """A recorder that ran and was not taken in: by the hours after duty, or before it writes over."""
    safe = one.overwrites_on - timedelta(days=1)
    near = (one.overwrites_on - today).days <= NEAR_DAYS
    # the hours run from the end of that day: the hour of the action itself is not known of all
    due_on = safe if near else one.since + timedelta(days=-(-chosen.upload_hours // 24))
    left = (due_on - today).days
    pressing = Pressing.LATE if left < 0 else Pressing.SOON if left else Pressing.TODAY
    what = "导入执法仪快要覆盖的录像" if near else "导入执法录像"
    return DueRow(
        key=f"recorder-{one.recorder_id}",
        pressing=pressing,
        what="执法仪录像没有导入，可能已被覆盖" if one.late else what,
        matter=f"执法仪 {one.number}　{one.since} 起的录像",
        due_on=due_on,
        days_left=left,
        cite=ARTICLE_47,
        why=(
            one.say,
            f"按“证据—设置”：执法结束后 {chosen.upload_hours} 小时内导入。",
            f"按“证据—设置”：存满 {chosen.overwrite_days} 天后覆盖；不是这样的，请在那里改。",
        ),
        waits_for=f"领用 {one.officer}" if one.officer else "",
        place=INTAKE,
    )


def _wrong(where: Where) -> Iterator[DueRow]:
    """Files that the latest check which read them found missing, altered or unreadable."""
    found = problem_states(where)
    if found:
        kinds = {kind.label: sum(one is kind for one in found.values()) for kind in found.values()}
        yield DueRow(
            key="evidence-wrong",
            pressing=Pressing.OPEN,
            what=f"{len(found)} 个证据文件有问题",
            matter="、".join(f"{name} {count} 个" for name, count in kinds.items()),
            due_on=None,
            days_left=None,
            cite=ARTICLE_47,
            why=(
                "最近一次读到这些文件时，与登记时的校验值不符，或者读不出来、不见了。",
                "有录像备份的，在“设置—备份”里取回；原设备还在的，重新导入就会补上。",
            ),
            place=KEEPING,
        )


def _single(where: Where, today: date) -> Iterator[DueRow]:
    """Evidence of cases that still lies on one disk only, some days after it was taken in."""
    chosen = recording_copies.settings(where)
    ids = recording_copies.held_without(where, today=today, days=chosen.warn_days)
    if not ids:
        return
    with looking(where) as session:
        asked = select(func.min(EvidenceFile.taken_at)).where(col(EvidenceFile.id).in_(ids))
        first = session.exec(asked).one()
    assert first is not None
    yield DueRow(
        key="evidence-single",
        pressing=Pressing.OPEN,
        what=f"案件在用的 {len(ids)} 个证据文件没有备份副本",
        matter=f"最早 {first.astimezone(CHINA).date()} 入库",
        due_on=None,
        days_left=None,
        cite=ARTICLE_47,
        why=(
            f"入库满 {chosen.warn_days} 天还只有一份：磁盘坏了，案件的录像就没有了。",
            "备份文件里只有数据库和文书，不含录像。",
            "在“设置—备份”里打开“录像一并备份”。几天算久，也在那里改。",
        ),
        place=BACKUP,
    )
