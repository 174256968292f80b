"""What every command needs: the home, the clock, the acting user, one JSON document on stdout."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from enforcer import paths
from enforcer.errors import Level, Objection, Refused, SignInNeeded, Trouble, reason

if TYPE_CHECKING:
    from enforcer.queries.accounts import SignedIn
    from enforcer.store.database import Store

DONE, REFUSED, USAGE, TROUBLE = 0, 1, 2, 3


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The civil day in China, whatever the machine's zone."""
    return now().astimezone(ZoneInfo("Asia/Shanghai")).date()


def actor(args: argparse.Namespace) -> str:
    """Who acts: until accounts are switched on, the user of the operating system."""
    return getattr(args, "user", None) or getpass.getuser()


def home(args: argparse.Namespace) -> Path:
    return args.home or paths.default_home()


@contextmanager
def opened(args: argparse.Namespace, *, anybody: bool = False) -> Iterator[Store]:
    """The store of the chosen home, closed afterwards; `anybody` may ask of the law alone.

    Once accounts are switched on, `--user` signs in first, and acts from then on.
    """
    from enforcer.store.database import open_store

    store = open_store(home(args), clock=now)
    try:
        if not anybody and store.accounts_on():
            args.signed_in = _signed_in(store, args)
            args.user = args.signed_in.login
        yield store
    finally:
        store.close()


def _signed_in(store: Store, args: argparse.Namespace) -> SignedIn:
    """Sign in by `--user` and the first line of standard input."""
    from enforcer.operations.sign_in import sign_in

    login = getattr(args, "user", None)
    if not login:
        raise SignInNeeded(
            "这个数据目录已经启用账号。请用 --user 写明登录名，密码写在标准输入的第一行。"
        )
    who = sign_in(store, login, _password(), now=now())
    if who.must_change:
        say = f"{who.name}的密码是管理员设的，要先改掉。请打开窗口登录，按提示修改密码。"
        raise Refused(Objection("password_must_change", Level.BLOCK, say))
    return who


def _password() -> str:
    """The password: typed unseen at a terminal, else the first line of standard input."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass("密码：")
    given = getattr(sys.stdin, "buffer", sys.stdin)
    line = given.readline() if given is not None else ""
    text = line.decode("utf-8-sig", "surrogateescape") if isinstance(line, bytes) else line
    if not text.strip("\r\n"):
        raise SignInNeeded("没有密码：请把密码写在标准输入的第一行。")
    return text.rstrip("\r\n")


def say_json(document: Any) -> None:
    """Print one JSON document, and nothing else, on stdout."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def refuse_place(out: Path, undone: str) -> None:
    """Refuse before anything is done when its paper could not be handed over at `out`."""
    folder = out.absolute().parent
    advice = f"{undone}。请换一个输出位置（-o）"
    try:
        if not folder.is_dir():
            raise Trouble(f"文件夹“{folder}”不存在，{undone}。请先建好，或者换一个输出位置（-o）。")
        if out.is_dir():
            raise Trouble(f"“{out}”是文件夹，{advice}，写上文件名。")
        if why := paths.no_place_for(out):
            raise Trouble(f"“{out}”{why}，{advice}。")
    except OSError as error:
        raise Trouble(f"“{out}”不能用：{reason(error)}，{advice}。") from error
    if not os.access(folder, os.W_OK):
        raise Trouble(f"“{folder}”写不进去，{undone}。请检查权限，或者换一个输出位置（-o）。")


def folder(text: str) -> Path:
    """Read a folder's name for argparse; a blank one would mean wherever one stands."""
    if not text.strip():
        raise argparse.ArgumentTypeError("后面要写目录")
    return Path(text)


def day(text: str) -> date:
    """Read a day for argparse, written as 2026-09-03."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-09-03") from error
