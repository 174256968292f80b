"""The headless face: `python -m enforcer COMMAND`; see `enforcer --help`."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from importlib import import_module

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


class _Parser(argparse.ArgumentParser):
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
    """--home and --json are taken before or after the command."""
    taken = {option for action in one._actions for option in action.option_strings}
    if "--home" not in taken:
        one.add_argument("--home", type=folder, default=argparse.SUPPRESS, help="数据目录")
    if "--json" not in taken:
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    if "--user" not in taken:
        one.add_argument("--user", default=argparse.SUPPRESS, help=USER)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 refused, 2 wrong usage, 3 trouble."""
    words = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a Chinese Windows console would say GBK
    args = argparse.Namespace(home=None, json=False, user=None)
    args = parser(_command(words)).parse_args(words, args)
    try:
        code: int = args.run(args)
    except Refused as error:
        _say_objections(args, [one.as_json() for one in error.objections])
        for one in error.objections:
            print(f"{one.say}{f'（{one.cite}）' if one.cite else ''}", file=sys.stderr)
        return REFUSED
    except InvalidForm as error:
        listed = [
            {"code": "invalid_field", "level": "block", "say": say, "cite": "", "field": name}
            for name, say in error.by_field.items()
        ]
        _say_objections(args, listed)
        print(error, file=sys.stderr)
        return REFUSED
    except SignInNeeded as error:
        _say_objections(
            args, [{"code": "sign_in_needed", "level": "block", "say": str(error), "cite": ""}]
        )
        print(error, file=sys.stderr)
        return USAGE
    except BrokenPipeError:  # whoever read standard output has left, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    except (EnforcerError, OSError) as error:
        say = str(error) if isinstance(error, EnforcerError) else _of_the_system(error)
        _say_objections(args, [{"code": "trouble", "level": "block", "say": say, "cite": ""}])
        print(say, file=sys.stderr)
        return TROUBLE
    return code


def _of_the_system(error: OSError) -> str:
    """The sentence for what no operation foresaw: a device gone, a name too long."""
    where = f"“{error.filename}”" if error.filename else "文件"
    return f"{where}读写不了：{reason(error)}。没有做完，请检查磁盘和文件名后再试。"


def _say_objections(args: argparse.Namespace, listed: list[dict[str, str]]) -> None:
    """With --json standard output holds one document, also when the command was not carried out."""
    if args.json:
        print(json.dumps({"objections": listed}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    sys.exit(main())
