"""出件体检 of records, photographs, samples, orders to correct, things kept: what each says of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from enforcer.documents.course_facts import CoursePaper, ThingOnPaper
from enforcer.documents.course_facts_start import (
    CorrectionOnPaper,
    PhotosOnPaper,
    PreservationOnPaper,
    RecordOnPaper,
    SamplingOnPaper,
    SeizureOnPaper,
)
from enforcer.documents.course_inspect_facts import LAW, block, warn
from enforcer.documents.course_words import CHINA
from enforcer.errors import Objection
from enforcer.law import deadlines
from enforcer.paper_terms import Check, Matter
from enforcer.terms import CaseStep

ARTICLE_55 = f"{LAW}第五十五条"
ARTICLE_56 = f"{LAW}第五十六条"
COMPULSION = "行政强制法"
SIGNED = "行政诉讼证据规定（2002）第十五条"


def record(one: RecordOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """Certificates shown, times in order, a refusal with its reason (第五十五条)."""
    if not one.certificates_shown:
        yield block(
            "certificates_not_shown",
            "笔录没有记载已出示执法证件。不出示执法证件的，当事人有权拒绝；请补记后再出件。",
            f"{ARTICLE_55}第一款",
            "certificates_shown",
        )
    if one.began_at and one.ended_at and one.ended_at <= one.began_at:
        yield block(
            "times_out_of_order", "结束时间不晚于开始时间。请核对。", ARTICLE_55, "ended_at"
        )
    if one.began_at and one.began_at.astimezone(CHINA).date() != paper.on:
        yield block(
            "record_on_another_day",
            f"笔录的日期 {paper.on} 与开始时间 {one.began_at.astimezone(CHINA):%Y-%m-%d %H:%M} 不是同一天。",
            ARTICLE_55,
            "began_at",
        )
    yield from _unsigned(one)
    if paper.rule.matter is Matter.INSPECTION and not (
        one.in_charge.name or one.person.name or one.witness
    ):
        yield warn(
            "nobody_present",
            "现场没有当事人、现场负责人，也没有见证人。有其他人在现场的，请其签名；确实没有的，写明情况。",
            SIGNED,
            "witness",
        )


def _unsigned(one: RecordOnPaper | PhotosOnPaper | SamplingOnPaper) -> Iterator[Objection]:
    if not one.signed and not one.refusal_reason:
        yield block(
            "refusal_without_reason",
            "当事人没有签名，但没有写明原因。请写明拒绝或者不能签名的原因，有其他人在场的由其签名。",
            SIGNED,
            "refusal_reason",
        )
    if not one.signed and not one.witness:
        yield warn(
            "refusal_without_witness",
            "当事人没有签名，也没有见证人。请说明有无其他人在场，音像记录的编号写入备注。",
            SIGNED,
            "witness",
        )


def photos(one: PhotosOnPaper, _: CoursePaper) -> Iterator[Objection]:
    """Each photograph with place, time, maker and content (证据规定 第十二条)."""
    if not one.photos:
        yield block("no_photo", "没有照片。", f"{LAW}第四十六条", "things")
    for n, each in enumerate(one.photos, 1):
        if not (each.place and each.taken_at and each.taken_by and each.content):
            yield block(
                "photo_incomplete",
                f"第{n}张照片没有写全拍摄地点、时间、拍摄人和内容。请补填。",
                "行政诉讼证据规定（2002）第十二条",
                "things",
            )
    yield from _unsigned(one)


def sampling(one: SamplingOnPaper, _: CoursePaper) -> Iterator[Objection]:
    """A refusal with its reason."""
    yield from _unsigned(one)


def correction(one: CorrectionOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """A day that has not passed, and content that says what to do."""
    if not one.at_once and one.due_on and one.due_on < paper.on:
        yield block(
            "due_before_paper",
            f"改正期限 {one.due_on} 早于通知书的日期 {paper.on}。请核对。",
            f"{LAW}第二十八条第一款",
            "due_on",
        )
    if one.content.strip().rstrip("。") in ("自行改正", "改正", "立即改正", "限期改正"):
        yield warn(
            "correction_vague",
            "改正内容写得太笼统。请写明具体要求，复查时才有标准。",
            f"{LAW}第二十八条第一款",
            "content",
        )


def preservation(one: PreservationOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """Approved, seven working days, the same things at the end (第五十六条、第八十五条)."""
    disposing = paper.rule.step is CaseStep.PRESERVATION_DISPOSED
    if Check.APPROVAL in paper.rule.checks:
        if not one.approved_on:
            yield block(
                "approval_missing",
                "先行登记保存没有登记负责人的批准。应当经行政机关负责人批准。",
                ARTICLE_56,
                "approved_by_id",
            )
        elif one.approved_on > paper.on:
            yield block(
                "approved_afterwards",
                f"负责人 {one.approved_on} 才批准，晚于通知书的日期 {paper.on}。",
                ARTICLE_56,
                "approved_on",
            )
    if one.from_on and one.until_on:
        last = deadlines.due("preservation_disposal", one.from_on, calendar=paper.calendar).due_on
        if one.until_on > last:
            yield block(
                "preservation_too_long",
                f"保存期限写到 {one.until_on}，超过七个工作日（{last}）。",
                f"{ARTICLE_56}、第八十五条",
                "on",
            )
        if disposing and paper.on > last:
            yield block(
                "disposed_late",
                f"应当在 {last} 以前作出处理决定，本通知书的日期是 {paper.on}。",
                f"{ARTICLE_56}、第八十五条",
                "on",
            )
    if disposing:
        yield from _same_things(one.things, one.disposed, ARTICLE_56)


def _same_things(
    kept: tuple[ThingOnPaper, ...], gone: tuple[ThingOnPaper, ...], cite: str
) -> Iterator[Objection]:
    before = sorted((one.name, one.quantity) for one in kept)
    after = sorted((one.name, one.quantity) for one in gone)
    if before != after:
        lacking = [n for n, _ in before if n not in [name for name, _ in after]]
        said = f"没有写到：{'、'.join(lacking)}。" if lacking else ""
        yield block(
            "things_differ",
            f"处理清单与原清单的物品、数量不一致。{said}请逐件核对。",
            cite,
            "things",
        )


def seizure(one: SeizureOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """A cited power, the head's approval, thirty days and thirty more (行政强制法 第十八、二十二、二十五条)."""
    step = paper.rule.step
    if step is CaseStep.SEIZED and one.from_on and one.until_on:
        if one.until_on > one.from_on + timedelta(days=30):
            yield block(
                "seizure_too_long",
                f"期限自 {one.from_on} 至 {one.until_on} 超过三十日。",
                f"{COMPULSION}第二十五条第一款",
                "until_on",
            )
        if one.until_on < one.from_on:
            yield block(
                "times_out_of_order",
                "期限的结束日期早于开始日期。",
                f"{COMPULSION}第二十五条第一款",
                "until_on",
            )
    if step is CaseStep.SEIZURE_EXTENDED and one.extended_from and one.until_on:
        if one.until_on > one.extended_from + timedelta(days=29):
            yield block(
                "seizure_too_long",
                f"延长自 {one.extended_from} 至 {one.until_on} 超过三十日。",
                f"{COMPULSION}第二十五条第一款",
                "until_on",
            )
        if paper.on >= one.extended_from:
            yield block(
                "extended_late",
                f"原期限在 {one.extended_from} 以前已经届满，{paper.on} 不能再延长，应当解除。",
                f"{COMPULSION}第二十八条第一款第四项",
                "on",
            )
    if Check.APPROVAL in paper.rule.checks and not one.approved_on:
        yield block(
            "approval_missing",
            "没有登记负责人的批准。实施前应当报经行政机关负责人批准；情况紧急的，二十四小时内补办。",
            f"{COMPULSION}第十八条第一项、第十九条",
            "approved_by_id",
        )


EARLIER: dict[type, Callable[[Any, CoursePaper], Iterator[Objection]]] = {
    RecordOnPaper: record,
    PhotosOnPaper: photos,
    SamplingOnPaper: sampling,
    CorrectionOnPaper: correction,
    PreservationOnPaper: preservation,
    SeizureOnPaper: seizure,
}
