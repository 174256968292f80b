"""The command `issue CASE TEMPLATE`: a frozen paper of one case as a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcer.commands.common import DONE, actor, now, opened, refuse_place, say_json, today
from enforcer.errors import Level, Objection, Refused

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(subparsers: _SubParsersAction[Any]) -> None:
    """Add the command to the parser."""
    issue = subparsers.add_parser("issue", help="输出一个案件的文书（首次为正本，以后标明“补打”）")
    issue.add_argument("case", metavar="CASE", help="案号或者决定书文号")
    issue.add_argument("template", metavar="TEMPLATE", help="文书：summary_decision")
    issue.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT.pdf")
    issue.set_defaults(run=_issue)


def _issue(args: argparse.Namespace) -> int:
    from enforcer.operations.issue import PrintPapersForm, print_papers
    from enforcer.queries import cases
    from enforcer.store import vault

    refuse_place(args.out, "没有输出")
    template = _template(args.template)
    with opened(args) as store:
        case_id = cases.case_number(store, args.case)
        if case_id is None:
            say = f"没有案号为“{args.case}”的案件。请用 search 查出完整的案号（含六角括号〔〕）。"
            raise Refused(Objection("case_gone", Level.BLOCK, say, field="case"))
        form = PrintPapersForm(case_ids=(case_id,), template=template)
        made = print_papers(store, form, today=today(), now=now(), actor=actor(args))
        digest = vault.publish(args.out, [made.pdf], replace=True)
    if args.json:
        document = {
            "case": args.case,
            "template": template,
            "pages": made.pages,
            "reprinted": bool(made.reprinted),
            "sha256": digest,
        }
        say_json(document)
    else:
        again = "，标明“补打”" if made.reprinted else ""
        print(f"已输出 {args.case}（{made.pages} 页{again}）：{args.out}")
    return DONE


def _template(given: str) -> str:
    """The key of a template, also by its Chinese title."""
    from enforcer.documents.fields import OFFERS
    from enforcer.documents.template import shipped

    titles = {shipped(key).title: key for key in OFFERS}
    key = titles.get(given, given)
    if key not in OFFERS:
        known = "、".join(f"{key}（{title}）" for title, key in titles.items())
        raise Refused(
            Objection(
                "template_unknown",
                Level.BLOCK,
                f"没有名为“{given}”的文书模板。可以用的有：{known}。",
                field="template",
            )
        )
    return key
