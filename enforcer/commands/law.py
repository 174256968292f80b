"""The commands `due`, `additional-fine`, `violations` (without a data home), and `law --check`."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import _SubParsersAction
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from enforcer.commands.common import (
    DONE,
    REFUSED,
    USAGE,
    day,
    home,
    opened,
    say_json,
    today,
)
from enforcer.errors import InvalidForm, Refused, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enforcer.law.deadlines import Due
    from enforcer.law.violation import Violation

CHINA = ZoneInfo("Asia/Shanghai")


def register(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the parser."""
    _register_due(subparsers)
    _register_additional_fine(subparsers)
    _register_violations(subparsers)
    _register_law(subparsers)


def _json_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="只输出一份 JSON"
    )


def _json(args: argparse.Namespace) -> bool:
    return bool(getattr(args, "json", False))


def _register_due(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("due", help="计算一个法定期限，并说明怎样算出")
    parser.add_argument("rule", nargs="?", metavar="RULE", help="期限的名称，如 payment")
    parser.add_argument(
        "--from", dest="start", type=start_of, metavar="DATE", help="起算日，如 2026-09-28"
    )
    parser.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="逐行计算一个文件")
    _json_option(parser)
    parser.set_defaults(run=_due)


def _register_additional_fine(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("additional-fine", help="计算加处罚款")
    parser.add_argument("--fine", type=_fen, required=True, metavar="YUAN", help="罚款（元）")
    parser.add_argument("--due", type=day, required=True, metavar="DATE", help="缴款到期日")
    parser.add_argument("--on", type=day, required=True, metavar="DATE", help="算到哪一天")
    parser.add_argument(
        "--excluded",
        type=_interval,
        nargs="+",
        action="extend",
        default=[],
        metavar="FROM:TO",
        help="行政复议、行政诉讼期间，首尾两日都不计算",
    )
    _json_option(parser)
    parser.set_defaults(run=_additional_fine)


def _register_violations(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("violations", help="某一天有效的违法行为清单")
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="哪一天，缺省为今天")
    parser.add_argument("--search", default="", metavar="WORDS", help="案由、俗称或者法条里的字")
    _json_option(parser)
    parser.set_defaults(run=_violations)


def _register_law(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("law", help="核对模板、清单、未决案件引用的法律是否现行有效")
    parser.add_argument(
        "--check", action="store_true", required=True, help="核对引用的条文（必须写明）"
    )
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="哪一天，缺省为今天")
    _json_option(parser)
    parser.set_defaults(run=_law)


def start_of(text: str) -> date | datetime:
    """Read a day, or a day and hour in Beijing time (2026-09-30T15:20)."""
    if "T" not in text:
        return day(text)
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(CHINA) if moment.tzinfo else moment.replace(tzinfo=CHINA)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是时刻，请写成 2026-09-30T15:20（北京时间）"
        ) from error


def _fen(text: str) -> int:
    from enforcer.money import parse_yuan

    try:
        return parse_yuan(text, label="罚款")
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _interval(text: str) -> tuple[date, date]:
    first, colon, last = text.partition(":")
    if not colon:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是期间，请写成 2026-10-10:2026-11-20（首尾两日都不计算）"
        )
    return day(first), day(last)


def _due(args: argparse.Namespace) -> int:
    if args.batch is not None:
        if args.rule is not None or args.start is not None:
            return _wrong("用法不对：--batch 不能与期限名称、--from 同时使用。")
        return _due_batch(args.batch, as_json=_json(args))
    if args.rule is None or args.start is None:
        return _wrong("用法不对：请写明期限名称和 --from 起算日，或者用 --batch 给一个文件。")
    from enforcer.law.deadlines import due

    try:
        found = due(args.rule, args.start)
    except InvalidForm as error:
        return _wrong(str(error))
    if _json(args):
        say_json(found.as_json())
    else:
        print(_told(found))
    return DONE


def _due_batch(path: Path, *, as_json: bool) -> int:
    """Answer every line of a file in order, or none when a line cannot be answered."""
    from enforcer.law.deadlines import due

    found: list[Due] = []
    for number, line in _lines(path):
        try:
            rule, start = _asked(line)
            found.append(due(rule, start))
        except (InvalidForm, argparse.ArgumentTypeError) as error:
            return _wrong(f"{path.name} 第 {number} 行：{error}")
        except Refused as error:
            where = f"{path.name} 第 {number} 行："
            raise Refused(
                *(replace(one, say=where + one.say) for one in error.objections)
            ) from error
    if as_json:
        say_json([one.as_json() for one in found])
    else:
        print("\n\n".join(map(_told, found)))
    return DONE


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"文件“{path}”读不出来。请核对路径，文件应当是 UTF-8 文本。") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _asked(line: str) -> tuple[str, date | datetime]:
    """Read one line {"rule": …, "from": …}."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidForm({"line": "不是一行 JSON。"}) from error
    texts = isinstance(asked, dict) and all(isinstance(one, str) for one in asked.values())
    if not texts or set(asked) != {"rule", "from"}:
        raise InvalidForm(
            {"line": '应当恰好写明 "rule"（期限名称）和 "from"（起算日）两项，都是文字。'}
        )
    return asked["rule"], start_of(asked["from"])


def _told(found: Due) -> str:
    mark = "（暂定）" if found.provisional else ""
    head = f"{found.title}（{found.rule}）：{found.due_on}{mark}"
    if found.nominal_on != found.due_on:
        head += f"，顺延前为 {found.nominal_on}"
    return "\n".join([head, *(f"  {step}" for step in found.why)])


def _additional_fine(args: argparse.Namespace) -> int:
    from enforcer.law.additional_fine import additional_fine

    try:
        found = additional_fine(args.fine, args.due, args.on, args.excluded)
    except InvalidForm as error:
        return _wrong(str(error))
    answer = found.as_json()
    if _json(args):
        say_json(answer)
    else:
        mark = "（已到罚款数额，不再增加）" if found.capped else ""
        print(f"逾期计算 {found.days} 日，加处罚款 {answer['amount_yuan']} 元{mark}。")
        print(f"依据：{found.cite}。")
    return DONE


def _violations(args: argparse.Namespace) -> int:
    from enforcer.law.catalogue import items, problems
    from enforcer.law.describe import as_json, in_words

    on: date = args.on or today()
    found: list[Violation] = items(on, args.search)
    sys.stderr.writelines(f"{one}\n" for one in problems())
    if _json(args):
        say_json([as_json(one) for one in found])
    elif found:
        print("\n\n".join(map(in_words, found)))
    else:
        print(f"{on} 的清单里没有找到。请少输几个字，或者换一个说法再试。")
    return DONE


def _law(args: argparse.Namespace) -> int:
    """Check the home when there is one; what came with the program in any case."""
    from enforcer.law.trust import problems
    from enforcer.paths import database
    from enforcer.queries.law_check import as_json, check

    on: date = args.on or today()
    sys.stderr.writelines(f"{one}\n" for one in problems())
    if args.home is None and not database(home(args)).exists():
        sys.stderr.write("没有找到数据目录，只核对了随程序发布的模板和法规数据。\n")
        found = check(on)
    else:
        with opened(args, anybody=True) as store:
            found = check(on, store)
    if _json(args):
        say_json(as_json(on, found))
    elif found:
        for one in found:
            print(f"{one.where.label} {one.name}：{one.say}")
        print(f"共 {len(found)} 处引用的法律在 {on} 已经失效或者对不上，请逐项改正。")
    else:
        print(f"{on}：模板、清单、裁量基准和未决案件引用的法律都现行有效。")
    return REFUSED if found else DONE


def _wrong(say: str) -> int:
    print(say, file=sys.stderr)
    return USAGE
