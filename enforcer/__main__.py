"""The headless face: `python -m enforcer COMMAND`; see `enforcer --help`."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any, TextIO

from enforcer.commands.common import REFUSED, TROUBLE, USAGE, folder
from enforcer.errors import EnforcerError, InvalidForm, Refused, SignInNeeded, reason

GROUPS = {
    "home": ("init", "verify", "backup", "restore", "operations"),
    "law": ("due", "additional-fine", "violations", "law"),
    "ledgers": ("import",),
    "notices": ("notices",),
    "cases": ("issue",),
    "publish": ("publish",),
    "reports": ("statistics",),
    "replay": ("replay",),
    "search": ("search",),
    "evidence": ("evidence",),
    "dossier": ("dossier",),
    "flowchart": ("flowchart",),
    "wall": ("wall",),
}
"""Which module of `enforcer.commands` holds which command: only the asked-for one is loaded."""


USER = "登录名；启用账号后要写，密码写在标准输入的第一行"
USAGES = (
    (r"the following arguments are required: (.+)", r"还缺少 \1。"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", r"\1 不能写 \2，可以写：\3。"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 后面要写内容。"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 要写整数，不能写 \2。"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 和 \2 只能写一个。"),
    (r"unrecognized arguments: (.+)", r"不认识 \1。"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)
"""What argparse says, in Chinese; the sentences of our own types stay as they are."""


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, add_help=False, **options)
        self._positionals.title, self._optionals.title = "命令和内容", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        for pattern, chinese in USAGES:
            if said := re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(r"\b(command|deed)\b", "命令", said.expand(chinese))
                break
        self.exit(USAGE, f"用法不对：{message}\n")


def parser(command: str) -> argparse.ArgumentParser:
    """The parser for `command`, or for all of them when it is none (for --help)."""
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument("--home", type=folder, default=argparse.SUPPRESS, help="数据目录")
    everywhere.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    everywhere.add_argument("--user", default=argparse.SUPPRESS, help=USER)
    top = _Parser(prog="enforcer", description="执法案件管家", parents=[everywhere])
    subparsers = top.add_subparsers(dest="command", required=True, parser_class=_Parser)
    for group, names in GROUPS.items():
        if not command or command in names:
            import_module(f"enforcer.commands.{group}").register(subparsers)
    for one in _leaves(top):
        _accept_everywhere(one)
    return top


def _command(words: list[str]) -> str:
    """The first word that is neither an option nor an option's value, if it is a command."""
    rest = iter(words)
    for word in rest:
        if word in {"--home", "--user"}:
            next(rest, None)
        elif not word.startswith("-"):
            return word if any(word in names for names in GROUPS.values()) else ""
    return ""


def _leaves(top: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    found: list[argparse.ArgumentParser] = []
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                found += [one, *_leaves(one)]
    return found


def _accept_everywhere(one: argparse.ArgumentParser) -> None:
    """--home and --json are taken before or after the command; a plain word is legible text."""
    taken = {option for action in one._actions for option in action.option_strings}
    if "--home" not in taken:
        one.add_argument("--home", type=folder, default=argparse.SUPPRESS, help="数据目录")
    if "--json" not in taken:
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    if "--user" not in taken:
        one.add_argument("--user", default=argparse.SUPPRESS, help=USER)
    for action in one._actions:
        if isinstance(action, argparse._StoreAction) and action.type is None:
            action.type = _legible


def _legible(text: str) -> str:
    """Refuse bytes that are no UTF-8; the name of a file may hold them, what is kept may not."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise argparse.ArgumentTypeError("里面有读不懂的字，不是 UTF-8，请重新输入") from error
    return text


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 refused, 2 wrong usage, 3 trouble."""
    _ready_streams()
    try:
        return _carried_out(sys.argv[1:] if arguments is None else arguments)
    finally:
        for stream in (sys.stdout, sys.stderr):
            _unload(stream)


def _carried_out(words: list[str]) -> int:
    args = argparse.Namespace(home=None, json=False, user=None)
    args = parser(_command(words)).parse_args(words, args)
    try:
        code: int = args.run(args)
        if sys.stdout is not None:
            sys.stdout.flush()
    except Refused as error:
        _say_objections(args, [one.as_json() for one in error.objections])
        for one in error.objections:
            _say(f"{one.say}{f'（{one.cite}）' if one.cite else ''}")
        return REFUSED
    except InvalidForm as error:
        listed = [
            {"code": "invalid_field", "level": "block", "say": say, "cite": "", "field": name}
            for name, say in error.by_field.items()
        ]
        _say_objections(args, listed)
        _say(str(error))
        return REFUSED
    except SignInNeeded as error:
        _say_objections(
            args, [{"code": "sign_in_needed", "level": "block", "say": str(error), "cite": ""}]
        )
        _say(str(error))
        return USAGE
    except BrokenPipeError:  # whoever read standard output has left, as `| head` does
        return TROUBLE
    except (EnforcerError, OSError) as error:
        say = str(error) if isinstance(error, EnforcerError) else _of_the_system(error)
        _say_objections(args, [{"code": "trouble", "level": "block", "say": say, "cite": ""}])
        _say(say)
        return TROUBLE
    return code


def _ready_streams() -> None:
    """UTF-8 whatever the console; what no UTF-8 can hold is escaped, as JSON would."""
    if sys.stderr is None:  # else what is meant for it lands on standard output
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _unload(stream: TextIO | None) -> bool:
    """Write out what a stream still holds; one that takes nothing any more is let go quietly."""
    if stream is None:
        return True
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True


def _of_the_system(error: OSError) -> str:
    """The sentence for what no operation foresaw: a device gone, a name too long."""
    if not _unload(sys.stdout):
        return f"结果写不到标准输出：{reason(error)}。事情可能已经办完，请核对后再试。"
    where = f"“{error.filename}”" if error.filename else "文件"
    return f"{where}读写不了：{reason(error)}。没有做完，请检查磁盘和文件名后再试。"


def _say(sentence: str) -> None:
    """On standard error; when that takes nothing either, the exit code alone tells."""
    with contextlib.suppress(OSError):
        print(sentence, file=sys.stderr)


def _say_objections(args: argparse.Namespace, listed: list[dict[str, str]]) -> None:
    """With --json standard output holds one document, also when the command was not carried out."""
    if args.json:
        with contextlib.suppress(OSError):
            print(json.dumps({"objections": listed}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    sys.exit(main())
