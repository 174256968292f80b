"""A dossier put together: frozen papers, evidence list, photos, scans, cover, catalogue, 备考表."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from enforcer import models, money
from enforcer.documents import (
    course_fields,
    course_rules,
    dossier,
    dossier_order,
    evidence_list,
    pdf,
    pictures,
    stamp,
)
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.course_facts_after import DossierOnPaper
from enforcer.documents.dossier import Bound, Leaf, ScannedPage, VolumeOfLeaves
from enforcer.documents.dossier_order import Order, Placed
from enforcer.dossier_terms import ScanPlace
from enforcer.errors import Refused, Trouble
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.operations.editing import block
from enforcer.queries import (
    course,
    course_papers,
    course_papers_after,
    course_papers_issued,
    dossier_closing,
    dossier_settings,
    evidence,
    evidence_papers,
    office,
)
from enforcer.queries import dossier as found
from enforcer.queries.course_papers_source import Source
from enforcer.queries.dossier import ArchiveRow, Contents, Piece, ScanRef
from enforcer.queries.dossier_settings import DossierSettings
from enforcer.queries.looking import looking
from enforcer.store import intake, vault
from enforcer.store.database import Store
from enforcer.terms import Discretion, PenaltyKind


@dataclass(frozen=True, slots=True)
class Assembled:
    """A finished dossier, the order it is in, and what the officer should know of it."""

    bound: Bound
    contents: Contents
    about: DossierOnPaper
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the office writes on cover and 备考表 when it archives; blank before."""

    archive_number: str = ""
    archived_on: date | None = None
    retention: str = ""
    fonds: str = ""
    compiler: str = ""
    compiled_on: date | None = None
    inspector: str = ""
    inspected_on: date | None = None
    words: str = ""


def assemble(
    store: Store,
    case_id: int,
    *,
    today: date,
    now: datetime,
    order_key: str = "",
    said: Words | None = None,
    where: Session | None = None,
) -> Assembled:
    """The whole dossier of a case as it stands; nothing is written."""
    with looking(where or store) as session:
        facts = course.facts(session, case_id, now=now)
        if facts is None:
            raise block("case_gone", f"没有编号为 {case_id} 的案件，请从案件列表重新选择。")
        chosen = dossier_settings.settings(session)
        case = session.get(models.Case, case_id)
        assert case is not None
        order = _order(chosen, case, order_key)
        held = found.contents(session, case_id, order, split=chosen.split)
        assert held is not None
        if not any(one.place is None for one in held.pieces.values()):
            raise block(
                "dossier_empty",
                f"案件 {case.number} 还没有出过任何文书，装不成案卷。请先在案件页出件；"
                "补录的旧案件只有台账记录。",
                "行政处罚法（2021）第四十七条",
            )
        remarks: list[str] = []
        volumes = tuple(
            VolumeOfLeaves(title, tuple(_leaves(store, held, placed, chosen, remarks)))
            for title, placed in zip(held.titles, held.volumes, strict=True)
        )
        volumes = _with_evidence(store, session, held, volumes, today, remarks)
        volumes = tuple(one for one in volumes if one.leaves)
        leaves = [one for volume in volumes for one in volume.leaves]
        signed = sum(bool(one.scans) for one in leaves)
        counted = f"，其中有签名扫描件的{signed}份" if signed else ""
        remarks.insert(0, f"本案卷收入材料{len(leaves)}份{counted}。")
        about = _about(session, facts, said or _kept(held.archived, chosen, case), remarks)
        bound = dossier.bind(
            volumes,
            _front(session, facts, case_id, today),
            about,
            title=f"{case.number} 案卷",
            position=chosen.position,
        )
    return Assembled(bound, held, about, tuple(remarks[1:]))


def _order(chosen: DossierSettings, case: models.Case, wanted: str) -> Order:
    if not wanted:
        return chosen.order_for(case.procedure)
    order = dossier_order.order(wanted.strip().upper())
    if order is None:
        known = "、".join(f"{one.key}（{one.title}）" for one in dossier_order.orders())
        raise block("order_unknown", f"没有“{wanted}”这种排列顺序，可以用的有：{known}。")
    return order


def _kept(row: ArchiveRow | None, chosen: DossierSettings, case: models.Case) -> Words:
    if row is None:
        return Words(retention=chosen.retention.get(case.procedure, ""), fonds=chosen.fonds)
    return Words(
        row.archive_number,
        row.archived_on,
        row.retention,
        row.fonds,
        row.compiler,
        row.compiled_on,
        row.inspector,
        row.inspected_on,
        row.words,
    )


def _about(session: Session, facts: CaseFacts, said: Words, remarks: list[str]) -> DossierOnPaper:
    papers = course_papers_issued.issued(session, facts.case_id or 0)
    known = course_papers_after.dossier(Source(facts, papers=papers))
    lines = [said.words, *remarks, *_closed_with(session, facts.case_id or 0)]
    return replace(
        known,
        outcome=known.outcome or _outcome(session, facts),
        entries=(),
        archive_number=said.archive_number,
        archived_on=said.archived_on,
        retention=said.retention,
        fonds=said.fonds,
        compiler=said.compiler,
        compiled_on=said.compiled_on,
        inspector=said.inspector,
        inspected_on=said.inspected_on,
        words="\n".join(one for one in lines if one),
    )


def _closed_with(session: Session, case_id: int) -> Iterator[str]:
    """What was missing when the case was closed, each with the reason given then (第四十七条)."""
    for one in dossier_closing.explained(session, case_id).values():
        yield f"结案时{one['label']}，说明：{one['reason'].rstrip('。')}。"


def _outcome(session: Session, facts: CaseFacts) -> str:
    """How a case decided on the spot ended."""
    row = session.exec(
        select(models.Decision)
        .where(models.Decision.case_id == facts.case_id)
        .order_by(col(models.Decision.id).desc())
    ).first()
    if row is None:
        return ""
    if row.discretion is Discretion.NO_PENALTY:
        return "不予行政处罚"
    labels = {one.value: one.label for one in PenaltyKind}
    kinds = [labels[one] for one in row.kinds or () if one in labels]
    fine = PenaltyKind.FINE.label
    amount = f"{fine}人民币{money.chinese(row.fine_fen)}（￥{money.yuan(row.fine_fen)}）"
    return "；".join(amount if one == fine else one for one in kinds)


def _front(
    session: Session, facts: CaseFacts, case_id: int, today: date
) -> Callable[[str, DossierOnPaper], bytes]:
    """Sets cover, catalogue and 备考表 in the office's own edition of their templates."""
    papers = course_papers_issued.issued(session, case_id)
    case = course_papers.case_of(facts, papers)

    def made(key: str, about: DossierOnPaper) -> bytes:
        paper = CoursePaper(
            key=key,
            uid=UUID(int=0),
            on=today,
            case=case,
            matter=about,
            calendar=facts.calendar,
        )
        fields = course_fields.course_fields(paper)
        fields["paper"]["code"] = ""  # a page of the dossier is no paper to be signed and scanned
        return pdf.render(office.template_on(session, key, today), fields).pdf

    return made


def _leaves(
    store: Store,
    held: Contents,
    placed: tuple[Placed, ...],
    chosen: DossierSettings,
    remarks: list[str],
) -> Iterator[Leaf]:
    read: dict[str, bytes] = {}
    for group in placed:
        for key in group.ids:
            yield _leaf(store, held.pieces[key], group.title, chosen, remarks, read)


def _leaf(
    store: Store,
    piece: Piece,
    group: str,
    chosen: DossierSettings,
    remarks: list[str],
    read: dict[str, bytes],
) -> Leaf:
    frozen = vault.read(store.vault, piece.vault_name, piece.sha256)
    if piece.place is not None:
        page, slot = divmod(piece.place, piece.per_sheet)
        own = stamp.extract(frozen, [page + 1], slots=[slot], per_sheet=1)
    else:
        own = frozen if piece.copies == 1 else stamp.extract(frozen, piece.own_pages)
    scans = tuple(
        ScannedPage(_scan(store, one, read), one.position, one.turn) for one in piece.scans
    )
    note = ""
    if scans and piece.missing_scans:
        lacking = "、".join(str(one) for one in piece.missing_scans)
        remarks.append(f"《{piece.title}》{piece.number}的签名件缺第{lacking}页。")
        note = "签名件不全"
    elif scans:
        note = "签名件"
    note = "；".join(one for one in (note, piece.note) if one)
    instead = bool(scans) and chosen.scans is ScanPlace.INSTEAD and not piece.missing_scans
    return Leaf(
        group=group,
        title=piece.title,
        number=piece.number,
        on=piece.on,
        pdf=b"" if instead else own,
        scans=scans,
        note=note,
        is_evidence=course_rules.is_evidence(piece.key),
    )


def _scan(store: Store, one: ScanRef, read: dict[str, bytes]) -> bytes:
    """The file of a scan as PDF; each file is read and turned into one only once."""
    if one.sha256 not in read:
        data = vault.read(store.vault, one.vault_name, one.sha256)
        if not one.vault_name.endswith(".pdf"):
            data = dossier.picture_page(data, name=one.vault_name)
        read[one.sha256] = data
    return read[one.sha256]


def _with_evidence(
    store: Store,
    session: Session,
    held: Contents,
    volumes: tuple[VolumeOfLeaves, ...],
    today: date,
    remarks: list[str],
) -> tuple[VolumeOfLeaves, ...]:
    """The evidence list and photo pages where they were not printed on their own yet."""
    keys = {one.key for one in held.pieces.values()}
    more: list[Leaf] = []
    if evidence_list.LIST not in keys:
        more += _list_leaf(session, held, today)
    if evidence_list.PHOTOS not in keys:
        more += _photo_leaf(store, session, held, today, remarks)
    if not more:
        return volumes
    where, title = _place(held)
    made = [replace(one, group=title) for one in more]
    leaves = list(volumes[where].leaves)
    at = next((n for n, one in enumerate(leaves) if one.group == title), None)
    if at is None:
        before = _before(held, where, title)
        at = sum(one.group in before for one in leaves)
    leaves[at:at] = made
    changed = VolumeOfLeaves(volumes[where].title, tuple(leaves))
    return (*volumes[:where], changed, *volumes[where + 1 :])


def _place(held: Contents) -> tuple[int, str]:
    """The volume and heading under which evidence stands."""
    split = len(held.titles) > 1
    for at, volume in enumerate(held.order.volumes):
        for group in volume.groups:
            if evidence_list.LIST in group.papers:
                return (at if split else 0), group.title
    return 0, held.order.volumes[0].groups[-1].title


def _before(held: Contents, where: int, title: str) -> set[str]:
    """The headings that stand before this one in its volume."""
    volumes = held.order.volumes if len(held.titles) == 1 else (held.order.volumes[where],)
    names = [group.title for volume in volumes for group in volume.groups]
    return set(names[: names.index(title)])


def _list_leaf(session: Session, held: Contents, today: date) -> Iterator[Leaf]:
    paper = evidence_papers.list_paper(session, held.case_id, uid=uuid4(), on=today)
    if paper is not None and paper.lines:
        form = office.template_on(session, evidence_list.LIST, today)
        made = evidence_list.render(form, _uncoded(evidence_list.list_fields(paper)))
        yield Leaf(group="", title=form.title, on=today, pdf=made.pdf)


def _photo_leaf(
    store: Store, session: Session, held: Contents, today: date, remarks: list[str]
) -> Iterator[Leaf]:
    ids = evidence_papers.photo_ids(session, held.case_id)
    shown, printed = [], []
    for one in ids:
        row = session.get(models.EvidenceFile, one)
        assert row is not None
        try:
            printed.append(pictures.fitted(_photo(store, row), name=row.original_name))
            shown.append(one)
        except (Trouble, Refused) as error:
            remarks.append(f"照片“{row.original_name}”没有装入：{error}")
    paper = evidence_papers.photo_paper(session, held.case_id, shown, uid=uuid4(), on=today)
    if paper is not None and paper.photos:
        form = office.template_on(session, evidence_list.PHOTOS, today)
        pages = evidence_list.photo_fields(paper)["pages"]
        fields = {"pages": [_uncoded(one) for one in pages]}
        late = evidence_papers.late_photos(session, held.case_id, fields)
        made = evidence_list.render(form, fields, printed)
        yield Leaf(group="", title=form.title, on=today, pdf=made.pdf, note=late)


def _photo(store: Store, row: models.EvidenceFile) -> bytes:
    path = evidence.located(store, row)
    if path is None:
        raise Trouble(f"保存在“{row.volume_label}”上，磁盘没有接上。")
    try:
        if intake.sha256_of(path) == row.sha256:
            return path.read_bytes()
    except OSError:
        raise Trouble("读不出来。") from None
    raise Trouble("与登记时的校验值不符。")


def _uncoded(fields: dict[str, object]) -> dict[str, object]:
    """Without a code: what was not issued is no paper a scan could find."""
    return {**fields, "paper": {**fields["paper"], "code": ""}}  # type: ignore[dict-item]
