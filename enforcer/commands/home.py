"""Commands on the data home as a whole: init, verify, backup, restore, operations."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcer.commands.common import (
    DONE,
    REFUSED,
    TROUBLE,
    USAGE,
    actor,
    home,
    now,
    opened,
    say_json,
    today,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def register(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the commands to the parser."""
    init = subparsers.add_parser("init", help="新建数据目录（--sample 带示例数据）")
    init.add_argument("--sample", action="store_true", help="填入虚构单位的示例数据")
    init.add_argument(
        "--recordings", action="store_true", help="示例数据连同虚构的录像、照片（与 --sample 同用）"
    )
    init.set_defaults(run=_init)
    check = subparsers.add_parser("verify", help="体检：数据库、操作记录、文书、编号")
    check.set_defaults(run=_verify)
    save = subparsers.add_parser("backup", help="备份到文件夹，试恢复后才算数")
    save.add_argument("folder", type=Path, metavar="DIR")
    save.add_argument("--recordings", action="store_true", help="录像一并备份（只补还没有的）")
    save.set_defaults(run=_backup)
    back = subparsers.add_parser("restore", help="把备份恢复到新的数据目录（--home NEW）")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument(
        "--recordings",
        type=Path,
        metavar="DIR",
        help="再从这里的录像备份取回录像（逐个核对校验值）",
    )
    back.set_defaults(run=_restore)
    deeds = subparsers.add_parser("operations", help="所有操作及其表单")
    deeds.set_defaults(run=_operations)


def _init(args: argparse.Namespace) -> int:
    from enforcer.operations.first_start import make_home, set_up_sample

    if args.recordings and not args.sample:
        print("--recordings 要与 --sample 同用：录像、照片是示例数据的一部分。", file=sys.stderr)
        return USAGE
    where = home(args)
    if args.sample:
        set_up_sample(where, clock=now, actor=actor(args), recordings=args.recordings)
    else:
        make_home(where, lambda _: None, clock=now)
    if args.json:
        say_json({"home": str(where.absolute()), "sample": bool(args.sample)})
    else:
        print(f"已新建数据目录：{where}")
    return DONE


def _verify(args: argparse.Namespace) -> int:
    from enforcer.operations.verification import verify

    with opened(args) as store:
        found = verify(store, actor=actor(args))
    if args.json:
        say_json(found.as_json())
    else:
        for one in found.problems:
            print(one.say)
        print(
            f"发现 {len(found.problems)} 处问题。"
            if found.problems
            else f"没有发现问题。操作记录 {found.entries} 条，文书 {found.documents} 份。"
        )
    return REFUSED if found.problems else DONE


def _backup(args: argparse.Namespace) -> int:
    from enforcer.operations.backup import back_up
    from enforcer.operations.registry import permit

    copied = None
    with opened(args) as store:
        permit(store, "back_up", "备份", actor=actor(args))
        made = back_up(store, args.folder, now=now(), actor=actor(args))
        if args.recordings:
            from enforcer.operations.recording_copies import CopyRecordingsForm, copy_recordings

            form = CopyRecordingsForm(folder=args.folder)
            copied = copy_recordings(store, form, today=today(), now=now(), actor=actor(args))
    if args.json:
        document: dict[str, Any] = {
            "path": str(made.path.absolute()),
            "proven": made.proven,
            "rows": made.rows,
            "files": made.files,
            "missing": list(made.missing),
            "altered": list(made.altered),
        }
        say_json(document | ({"recordings": copied.as_json()} if copied else {}))
    else:
        print(f"已备份并验证可恢复：{made.path}（{made.rows} 行，{made.files} 个文件）")
        for names, what in (
            (made.missing, "早已不见，不在备份里"),
            (made.altered, "在程序之外被改动过，备份里是改动后的样子"),
        ):
            if names:
                print(f"注意：有 {len(names)} 个保存的文件{what}。请运行 enforcer verify。")
        if copied:
            print("\n".join((copied.told, *copied.problems)))
    if copied is None:
        return DONE
    if not copied.done:
        print(copied.say, file=sys.stderr)
        return TROUBLE
    return REFUSED if copied.problems else DONE


def _restore(args: argparse.Namespace) -> int:
    from enforcer.operations.recording_restores import restore_all
    from enforcer.store import recordings

    if args.home is None:
        print("用法不对：请用 --home 指定恢复到哪个新目录。", file=sys.stderr)
        return USAGE
    made = restore_all(
        args.file, args.home, args.recordings, today=today(), now=now(), actor=actor(args)
    )
    back = made.recordings
    if args.json:
        document = {"home": str(args.home.absolute()), "rows": made.rows, "files": made.files}
        say_json(document | ({"recordings": back.as_json()} if back else {}))
    else:
        print(f"已恢复到：{args.home}（{made.rows} 行）")
        if back:
            print("\n".join((back.told, *back.problems)))
        elif (beside := recordings.found(args.file.parent)) is not None:
            print(f"旁边有录像备份（{beside.root}）：恢复时加上 --recordings 就一并取回录像。")
    if back is None:
        return DONE
    return TROUBLE if back.say else REFUSED if back.absent or back.problems else DONE


def _operations(args: argparse.Namespace) -> int:
    from enforcer.operations.registry import operations

    listed = [
        {"op": one.name, "label": one.label, "schema": one.form.model_json_schema()}
        for one in operations().values()
    ]
    if args.json:
        say_json(listed)
    else:
        for one in listed:
            print(f"{one['op']}\t{one['label']}")
    return DONE
