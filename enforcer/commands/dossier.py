"""The command `dossier CASE`: the whole case file, ordered, numbered, with catalogue."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcer.commands.common import DONE, actor, now, opened, refuse_place, say_json, today
from enforcer.errors import Level, Objection, Refused

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from enforcer.documents.dossier import Entry
    from enforcer.store.database import Store


def register(subparsers: _SubParsersAction[Any]) -> None:
    """Add the command to the parser."""
    one = subparsers.add_parser("dossier", help="输出一个案件的案卷：封面、目录、材料、备考表")
    one.add_argument("case", metavar="CASE", help="案号或者决定书文号")
    one.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT.pdf")
    one.add_argument(
        "--order", default="", metavar="A|B|C", help="排列顺序；缺省按单位的设置，没有设置的按程序"
    )
    one.set_defaults(run=_dossier)


def _dossier(args: argparse.Namespace) -> int:
    from enforcer.operations.dossier import DossierForm, export_dossier
    from enforcer.store import vault

    refuse_place(args.out, "没有输出")
    with opened(args) as store:
        form = DossierForm(case_id=_case(store, args.case), order=args.order)
        made = export_dossier(store, form, today=today(), now=now(), actor=actor(args))
        digest = vault.publish(args.out, [made.pdf], replace=True)
    if args.json:
        say_json(
            {
                "case": args.case,
                "order": made.order,
                "pages": made.pages,
                "sha256": digest,
                "papers": [_said(one) for one in made.entries],
                "remarks": list(made.remarks),
            }
        )
    else:
        print(f"已输出 {args.case} 的案卷（{made.pages} 页，{len(made.entries)} 份）：{args.out}")
        for one in made.remarks:
            print(one)
    return DONE


def _said(one: Entry) -> dict[str, Any]:
    return {
        "volume": one.volume,
        "group": one.group,
        "title": one.title,
        "number": one.number,
        "on": one.on.isoformat() if one.on else None,
        "first": one.first,
        "last": one.last,
        "note": one.note,
    }


def _case(store: Store, given: str) -> int:
    from enforcer.queries import cases

    case_id = cases.case_number(store, given)
    if case_id is None:
        say = f"没有案号为“{given}”的案件。请用 search 查出完整的案号（含六角括号〔〕）。"
        raise Refused(Objection("case_gone", Level.BLOCK, say, field="case"))
    return case_id
