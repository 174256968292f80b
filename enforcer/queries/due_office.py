"""What 今日 shows of the office itself: certificates, blanks, outcomes, holiday notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from enforcer.queries.due_rows import Answer, DueRow, Look, Pressing, day

CERTIFICATE_DAYS = 60
OUTCOME_DAYS = 30
NEXT_YEAR_FROM_MONTH = 12
ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
ARTICLE_85 = "行政处罚法（2021）第八十五条"
OFFICERS = "registers.officers"
BLANKS = "notices.blanks"
NO_OUTCOME = "notices.no_outcome"
LAW_BOOK = "law_book.holidays"

_CERTIFICATES = """
SELECT officer.id, officer.name, certificate.number, certificate.valid_until
FROM officer JOIN certificate ON certificate.id = (
  SELECT last.id FROM certificate AS last WHERE last.officer_id = officer.id
  ORDER BY last.valid_until DESC, last.id DESC LIMIT 1)
WHERE officer.active AND certificate.valid_until <= ?
"""
_BLANKS = """
SELECT notice.blank_holder_id AS holder, officer.name, notice.number, notice.blank_given_on
FROM notice LEFT JOIN officer ON officer.id = notice.blank_holder_id
WHERE notice.state = 'blank' ORDER BY notice.series_id, notice.serial
"""
_OUTCOMES = """
SELECT sum(state = 'issued' AND outcome IS NULL AND origin = 'made_here') AS open,
  min(CASE WHEN state = 'issued' AND outcome IS NULL AND origin = 'made_here'
    THEN noticed_on END) AS first
FROM notice WHERE noticed_on BETWEEN ? AND ?
"""


def office_rows(look: Look) -> Iterator[DueRow]:
    """Everything that is due of the office itself."""
    yield from _certificates(look)
    yield from _blanks(look)
    yield from _outcomes(look)
    yield from _holidays(look)


def _certificates(look: Look) -> Iterator[DueRow]:
    """Certificates that end within 60 days; each is still valid on its last day."""
    last = look.today + timedelta(days=CERTIFICATE_DAYS)
    for one in look.ask(_CERTIFICATES, last.isoformat()):
        valid_until = day(one.valid_until)
        assert valid_until
        pressing = look.pressing(valid_until, CERTIFICATE_DAYS)
        assert pressing
        late = pressing is Pressing.LATE
        yield DueRow(
            key=f"certificate-{one.id}",
            pressing=pressing,
            what="执法证已过期，不能执法" if late else "换领执法证",
            matter=f"{one.name}　{one.number}",
            due_on=valid_until,
            days_left=look.left(valid_until),
            cite=ARTICLE_42,
            why=(
                f"执法证有效期至 {valid_until}，当日仍有效。",
                "没有有效执法证的人员不能实施行政处罚；换领后请在“台账—人员与证件”登记新的有效期。",
            ),
            place=OFFICERS,
            identity=one.id,
        )


def _blanks(look: Look) -> Iterator[DueRow]:
    """Numbered blanks a patrol took along and has neither registered nor had voided."""
    by_holder: dict[int, list[Answer]] = {}
    for one in look.ask(_BLANKS):
        by_holder.setdefault(one.holder or 0, []).append(one)
    for holder, held in by_holder.items():
        oldest = day(min((one.blank_given_on for one in held if one.blank_given_on), default=None))
        since = f"，最早 {oldest} 领用，已 {(look.today - oldest).days} 日" if oldest else ""
        first, last = held[0].number, held[-1].number
        yield DueRow(
            key=f"blanks-{holder}",
            pressing=Pressing.OPEN,
            what=f"空白号 {len(held)} 个没有交回",
            matter=f"{held[0].name or '没有登记领用人'}　"
            f"{first if len(held) == 1 else f'{first} 至 {last}'}",
            due_on=None,
            days_left=None,
            cite="",
            why=(f"领用的空白号要么登记为告知书，要么作废{since}。",),
            place=BLANKS,
            identity=holder,
        )


def _outcomes(look: Look) -> Iterator[DueRow]:
    """Notices of the last weeks whose outcome nobody has entered; today's are still under way."""
    first, last = look.today - timedelta(days=OUTCOME_DAYS), look.today - timedelta(days=1)
    found = look.ask(_OUTCOMES, first.isoformat(), last.isoformat())[0]
    if found.open:
        yield DueRow(
            key="outcomes",
            pressing=Pressing.OPEN,
            what=f"{found.open} 份告知书没有登记处置结果",
            matter=f"最早 {found.first}",
            due_on=None,
            days_left=None,
            cite="",
            why=(f"近 {OUTCOME_DAYS} 日签发、结果空着的告知书；驶离多少要靠结果统计。",),
            place=NO_OUTCOME,
        )


def _holidays(look: Look) -> Iterator[DueRow]:
    """Years whose holiday notice is missing: until it is loaded every period there is provisional."""
    wanted = [look.today.year]
    if look.today.month >= NEXT_YEAR_FROM_MONTH:
        wanted.append(look.today.year + 1)
    for year in wanted:
        if not look.days.knows(year):
            yield DueRow(
                key=f"holidays-{year}",
                pressing=Pressing.OPEN,
                what=f"载入 {year} 年的放假通知",
                matter="工作日期限暂定",
                due_on=None,
                days_left=None,
                cite=ARTICLE_85,
                why=(
                    f"{year} 年的国务院放假通知没有载入，该年的工作日只按周六、周日推算。",
                    "算出的期限是暂定的，载入后会重新计算。",
                ),
                place=LAW_BOOK,
            )
