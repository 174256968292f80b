"""The command `issue CASE TEMPLATE`: a paper of a case as a file; it comes out once, then again marked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcer.commands.common import DONE, USAGE, actor, now, opened, refuse_place, say_json, today
from enforcer.errors import Level, Objection, Refused

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from enforcer.operations.summary_forms import PaperOut
    from enforcer.store.database import Store

SUMMARY = "summary_decision"


def register(subparsers: _SubParsersAction[Any]) -> None:
    """Add the command to the parser."""
    issue = subparsers.add_parser(
        "issue", help="输出一个案件的文书（首次体检、取号、冻结，以后标明“补打”）"
    )
    issue.add_argument("case", metavar="CASE", help="案号或者决定书文号")
    issue.add_argument("template", metavar="TEMPLATE", help="文书：代号（prior_notice）或者名称")
    issue.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT.pdf")
    issue.add_argument("--word", type=Path, metavar="OUT.docx", help="同时输出 Word，文字相同")
    issue.add_argument(
        "--row",
        type=int,
        default=0,
        metavar="N",
        help="第几次（从 1 起）：同类文书有几份的，缺省为最后一次",
    )
    issue.add_argument(
        "--reason",
        action="append",
        default=[],
        metavar="CODE=理由",
        help="对黄色提示说明理由，可以写几次",
    )
    issue.set_defaults(run=_issue)


def _issue(args: argparse.Namespace) -> int:
    from enforcer.store import vault

    for place in (args.out, args.word):
        if place is not None:
            refuse_place(place, "没有输出")
    if args.word is not None and args.word.absolute() == args.out.absolute():
        print(f"用法不对：PDF 和 Word 不能都写到“{args.out}”，请分别写文件名。", file=sys.stderr)
        return USAGE
    template = _template(args.template)
    reasons = _reasons(args.reason)
    with opened(args) as store:
        case_id = _case(store, args.case)
        if template == SUMMARY:
            document, made, word = _summary(args, store, case_id)
        else:
            document, made, word = _ordinary(args, store, case_id, template, reasons)
        document["sha256"] = vault.publish(args.out, [made.pdf], replace=True)
        if args.word is not None:
            vault.publish(args.word, [word], replace=True)
    if args.json:
        say_json(document)
    else:
        again = "，标明“补打”" if made.reprinted else ""
        also = f"；Word：{args.word}" if args.word is not None else ""
        print(f"已输出 {args.case}（{made.pages} 页{again}）：{args.out}{also}")
    return DONE


def _summary(
    args: argparse.Namespace, store: Store, case_id: int
) -> tuple[dict[str, Any], PaperOut, bytes]:
    """The decision made on the spot, which froze when it was made."""
    from enforcer.operations import course_paper
    from enforcer.operations.issue import PrintPapersForm, document_of, print_papers

    form = PrintPapersForm(case_ids=(case_id,), template=SUMMARY)
    document_id = document_of(store, case_id, SUMMARY)
    word = course_paper.word_of_issued(store, document_id) if args.word is not None else b""
    made = print_papers(store, form, today=today(), now=now(), actor=actor(args))
    return _said(args, SUMMARY, made), made, word


def _ordinary(
    args: argparse.Namespace, store: Store, case_id: int, template: str, reasons: dict[str, str]
) -> tuple[dict[str, Any], PaperOut, bytes]:
    """A paper of the course: issued when it has not come out yet, else printed again."""
    from enforcer.operations import course_paper
    from enforcer.operations.course_paper_forms import IssuePaperForm, PrintIssuedForm
    from enforcer.queries import course_papers_offers

    about = course_papers_offers.which(store, case_id, template, args.row, now=now())
    if about.document_id is None:
        wanted = IssuePaperForm(case_id=case_id, template=template, row=about.row, reasons=reasons)
        issued = course_paper.issue_paper(
            store, wanted, today=today(), now=now(), actor=actor(args)
        )
        document_id = issued.document_id
    else:
        document_id = about.document_id
    word = course_paper.word_of_issued(store, document_id) if args.word is not None else b""
    form = PrintIssuedForm(document_ids=(document_id,))
    made = course_paper.print_issued(store, form, today=today(), now=now(), actor=actor(args))
    known = course_papers_offers.document(store, document_id)
    more = {"title": known.title, "number": known.number, "issued_on": known.on.isoformat()}
    return _said(args, template, made) | more, made, word


def _said(args: argparse.Namespace, template: str, made: PaperOut) -> dict[str, Any]:
    return {
        "case": args.case,
        "template": template,
        "pages": made.pages,
        "reprinted": bool(made.reprinted),
    }


def _case(store: Store, given: str) -> int:
    from enforcer.queries import cases

    case_id = cases.case_number(store, given)
    if case_id is None:
        say = f"没有案号为“{given}”的案件。请用 search 查出完整的案号（含六角括号〔〕）。"
        raise Refused(Objection("case_gone", Level.BLOCK, say, field="case"))
    return case_id


def _template(given: str) -> str:
    """The key of a template, also by its Chinese title."""
    from enforcer.documents import course_rules
    from enforcer.documents.template import shipped

    keys = (SUMMARY, *course_rules.keys())
    if given in keys:
        return given
    titles = {shipped(key).title: key for key in keys}
    bare = given.strip("《》 ")
    plain = {_plain(title): key for title, key in titles.items()}
    found = plain.get(_plain(bare)) or plain.get(_plain(bare).replace("听证", ""))
    if found is None:
        known = "、".join(f"{key}（{title}）" for title, key in titles.items())
        raise Refused(
            Objection(
                "template_unknown",
                Level.BLOCK,
                f"没有名为“{given}”的文书模板。可以用的有：{known}。",
                field="template",
            )
        )
    return found


def _plain(title: str) -> str:
    """A title as it is typed: with the brackets of either keyboard, or with none."""
    return title.translate(str.maketrans("", "", "（）()"))


def _reasons(given: list[str]) -> dict[str, str]:
    found = {}
    for one in given:
        code, sign, words = one.partition("=")
        if not sign or not code.strip() or not words.strip():
            raise Refused(
                Objection(
                    "reason_unreadable",
                    Level.BLOCK,
                    f"“--reason {one}”写法不对，请写成 --reason 代码=理由，代码见提示。",
                    field="reasons",
                )
            )
        found[code.strip()] = words.strip()
    return found
