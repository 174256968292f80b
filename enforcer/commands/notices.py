"""The commands `notices issue` (the batch from Excel) and `notices print` (again, marked 补打)."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcer.commands.common import (
    DONE,
    REFUSED,
    actor,
    now,
    opened,
    refuse_place,
    say_json,
    today,
)
from enforcer.errors import Trouble, VaultTrouble, WorkbookTrouble

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from datetime import datetime
    from uuid import UUID

    from enforcer.operations.notice_batch import BatchSheet
    from enforcer.operations.notice_forms import IssuedBatch
    from enforcer.store.database import Store

ANEW = "确实要另签一批，请加 --new-batch。"


def register(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    desk = subparsers.add_parser("notices", help="温馨告知书：批量签发、补打")
    deeds = desk.add_subparsers(dest="deed", required=True)
    issue = deeds.add_parser("issue", help="把没有编号的台账行签发成告知书")
    issue.add_argument("file", type=Path, metavar="FILE.xlsx")
    _sheet(issue)
    issue.add_argument(
        "--new-batch", action="store_true", help="同一个文件已经签发过，也另取新号再签发一批"
    )
    issue.set_defaults(run=_issue)
    again = deeds.add_parser("print", help="按编号补打")
    again.add_argument("first", metavar="FIRST")
    again.add_argument("last", metavar="LAST")
    _sheet(again)
    again.set_defaults(run=_print)


def _sheet(command: argparse.ArgumentParser) -> None:
    command.add_argument("--per-sheet", type=int, choices=(1, 2, 4), default=1, help="每张纸几份")
    command.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT.pdf")


def _issue(args: argparse.Namespace) -> int:
    gc.disable()  # short and straight: what it would walk lives until the end anyway
    try:
        return _issue_file(args)
    finally:
        gc.enable()


def _issue_file(args: argparse.Namespace) -> int:
    from enforcer.operations.notice_batch import read_batch

    if not args.file.is_file():
        raise Trouble(f"找不到文件“{args.file}”，没有签发。请核对文件名和文件夹。")
    refuse_place(args.out, "没有签发")
    try:
        sheet = read_batch(args.file, today=today())
    except WorkbookTrouble as error:
        print(error, file=sys.stderr)
        if args.json:
            refusal = {"row": 0, "column": "", "say": str(error)}
            say_json({"batch": None, "first": "", "last": "", "issued": 0, "refused": [refusal]})
        return REFUSED
    with opened(args) as store:
        answer = _carried_out(store, sheet, args, now())
        refused = sorted((*sheet.refused, *answer.refused), key=lambda one: one.row)
        if answer.batch is not None:
            _hand_over(store, answer, args.out)
    document: dict[str, Any] = {
        "batch": answer.batch,
        "first": answer.first,
        "last": answer.last,
        "issued": answer.issued,
        "refused": [{"row": one.row, "column": one.column, "say": one.say} for one in refused],
        "remarks": [*_said_again(sheet, answer), *sheet.remarks, *answer.remarks],
    }
    if args.json:
        say_json(document)
    else:
        _say(document, args.out)
    return DONE if answer.issued else REFUSED


def _carried_out(
    store: Store, sheet: BatchSheet, args: argparse.Namespace, moment: datetime
) -> IssuedBatch:
    from enforcer.operations.notice_forms import MOST_ROWS, IssuedBatch, NoticeBatchForm
    from enforcer.operations.notices import issue_batch

    if not sheet.lines:
        return IssuedBatch(None, "", "", 0, (), ())
    if len(sheet.lines) > MOST_ROWS:
        raise Trouble(
            f"一批最多 {MOST_ROWS} 份，这个文件有 {len(sheet.lines)} 行。请分成几个文件再签发。"
        )
    form = NoticeBatchForm.model_construct(
        request_id=None if args.new_batch else _unfinished(store, sheet, args),
        rows=sheet.lines,
        per_sheet=args.per_sheet,
        organ_id=None,
    )
    return issue_batch(store, form, today=today(), now=moment, actor=actor(args))


def _unfinished(store: Store, sheet: BatchSheet, args: argparse.Namespace) -> UUID:
    """The request of this file and this output: an earlier one that never wrote its paper, or new.

    A run that was killed between the commit and the output is taken up where it ended; once the
    paper lies at its place, the same words ask for another batch.
    """
    from enforcer.operations.registry import earlier_answer
    from enforcer.store import vault

    out = args.out.resolve()
    written = vault.file_digest(out) if out.is_file() else ""
    attempt, last = 0, None
    with store.reading() as session:
        while answer := earlier_answer(
            session, request := sheet.request_id(args.per_sheet, out, attempt)
        ):
            attempt, last = attempt + 1, (request, answer["sha256"])
    return last[0] if last and last[1] != written else request


def _said_again(sheet: BatchSheet, answer: IssuedBatch) -> list[str]:
    """What to know of a file that was issued before: whose batch this is, which rows it lacks."""
    if not answer.repeated:
        return []
    span = f"{answer.first} 至 {answer.last}，{answer.issued} 份"
    said = [f"这个文件已经签发过（{span}），没有再取号，给出的是原来那一批。{ANEW}"]
    if (left := len(sheet.lines) - answer.issued - len(answer.refused)) > 0:
        said.append(f"有 {left} 行上次没有读成，这次也没有签发，请把它们另存成一个文件再签发。")
    return said


def _hand_over(store: Store, answer: IssuedBatch, out: Path) -> None:
    from enforcer.store import vault

    data = vault.read(store.vault, answer.vault_name, answer.sha256)
    try:
        vault.publish(out, [data], replace=True)
    except VaultTrouble as error:
        raise VaultTrouble(
            f"{error}这一批 {answer.issued} 份已经签发（{answer.first} 至 {answer.last}），"
            "请不要重新签发；空出磁盘后用 notices print 取出。"
        ) from error


def _print(args: argparse.Namespace) -> int:
    from enforcer.operations.notice_forms import PrintNoticesForm
    from enforcer.operations.notice_rows import run_between
    from enforcer.operations.notices import print_notices
    from enforcer.store import vault

    refuse_place(args.out, "没有打印")
    with opened(args) as store:
        with store.reading() as session:
            ids = run_between(session, args.first, args.last)
        form = PrintNoticesForm.model_construct(
            request_id=None, notice_ids=tuple(ids), per_sheet=args.per_sheet, again=True
        )
        made = print_notices(store, form, today=today(), now=now(), actor=actor(args))
        vault.publish(args.out, [made.pdf], replace=True)
    if args.json:
        say_json(
            {
                "first": args.first,
                "last": args.last,
                "printed": made.notices,
                "pages": made.pages,
                "void": list(made.left_out),
            }
        )
        return DONE
    print(f"已输出 {made.notices} 份（{made.pages} 页），补打、补录已在纸上标明：{args.out}")
    if made.left_out:
        print(f"作废的编号没有输出：{'、'.join(made.left_out)}")
    return DONE


def _say(document: dict[str, Any], out: Path) -> None:
    for one in document["refused"]:
        print(f"第 {one['row']} 行 {one['column']}：{one['say']}")
    for remark in document["remarks"]:
        print(remark)
    if document["issued"]:
        span = f"{document['first']} 至 {document['last']}"
        print(f"已签发 {document['issued']} 份：{span}，退回 {len(document['refused'])} 行：{out}")
    else:
        print(f"没有签发，退回 {len(document['refused'])} 行。")
