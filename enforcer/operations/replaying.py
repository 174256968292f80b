"""A scripted course, carried out step by step through the operations themselves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlmodel import col, select

from enforcer.errors import InvalidForm, Level, Objection, Refused, Trouble, reason
from enforcer.models import Officer
from enforcer.operations.registry import Operation, operations
from enforcer.queries.accounts import SignedIn
from enforcer.queries.course_rows import CHINA
from enforcer.store.database import Store
from enforcer.text import errors_by_field

END_OF_DAY = time(17, 30)
DEEPEST = 8
LARGEST = 2**63 - 1
SCRIPT = "脚本"
"""Who acts where the script names nobody."""
_KNOWN = {"name", "op", "day", "at", "actor", "as", "form", "refused", "cite", "warned"}
_TOP = {"title", "begins", "step"}


@dataclass(frozen=True, slots=True)
class Scripted:
    """One step as it is written: what, when, by whom, with which form; and what should be refused."""

    op: str
    at: datetime
    actor: str
    form: Mapping[str, Any]
    name: str = ""
    bind: str = ""
    refused: tuple[str, ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of one step; `expected` when it went as the script says."""

    step: Scripted
    ok: bool
    objections: tuple[Objection, ...] = ()
    answer: Any = None

    @property
    def expected(self) -> bool:
        if not self.step.refused:
            return self.ok
        codes = {one.code for one in self.objections}
        return not self.ok and set(self.step.refused) <= codes

    def as_json(self) -> dict[str, Any]:
        """The contract of `replay`."""
        return {
            "op": self.step.op,
            "ok": self.ok,
            "objections": [one.as_json() for one in self.objections],
        }


@dataclass(slots=True)
class _Names:
    """Answers bound by `as`; `$name` in a form stands for one of them, or for an officer."""

    store: Store
    bound: dict[str, Any] = field(default_factory=dict)

    def resolve(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("$"):
            return self.named(value[1:])
        if isinstance(value, str) and "\0" in value:
            say = f"文字“{value.replace(chr(0), '␀')[:30]}”里有不能保存的控制符，请删去。"
            raise Refused(Objection("text_unfit", Level.BLOCK, say))
        if isinstance(value, Mapping):
            return {key: self.resolve(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.resolve(one) for one in value]
        if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
            raise Refused(Objection("number_too_large", Level.BLOCK, f"数“{value}”太大，请核对。"))
        if isinstance(value, datetime) and value.tzinfo is None:
            return value.replace(tzinfo=CHINA)
        return value

    def named(self, name: str) -> Any:
        if name in self.bound:
            return self.bound[name]
        found = self.officer(name)
        if found is None:
            say = f"脚本里的“${name}”没有来历：前面没有办成的步骤用 as 起过这个名字，人员台账里也没有这个人。"
            raise Refused(Objection("name_unknown", Level.BLOCK, say))
        return found

    def officer(self, name: str) -> int | None:
        with self.store.reading() as session:
            asked = select(Officer.id).where(Officer.name == name).order_by(col(Officer.id).desc())
            return session.exec(asked).first()


def read_script(path: Path, *, until: str = "", depth: int = 0) -> tuple[Scripted, ...]:
    """The steps of a script, those of the script it begins with first; Trouble when it is malformed."""
    if depth > DEEPEST:
        raise Trouble(f"脚本“{path.name}”一层套一层，超过 {DEEPEST} 层。请检查 begins。")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise Trouble(f"找不到脚本“{path}”。请检查路径。") from error
    except OSError as error:
        raise Trouble(f"脚本“{path.name}”读不出来：{reason(error)}。") from error
    except UnicodeDecodeError as error:
        raise Trouble(f"脚本“{path.name}”不是 UTF-8 文本。请另存为 UTF-8 后再办。") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Trouble(f"脚本“{path.name}”{_place_of(error)}不合 TOML 的写法。请改正。") from error
    if strange := sorted(set(data) - _TOP):
        raise Trouble(f"脚本“{path.name}”里有不认识的栏目：{'、'.join(strange)}。")
    before: tuple[Scripted, ...] = ()
    if begins := data.get("begins"):
        _refuse_unless(isinstance(begins, dict), path, "begins 应当写成 { file = …, until = … }")
        file, last = begins.get("file"), begins.get("until", "")
        _refuse_unless(isinstance(file, str), path, "begins 里要用文字写明 file")
        before = read_script(path.parent / file, until=last, depth=depth + 1)
    given = data.get("step", [])
    tables = isinstance(given, list) and all(isinstance(one, dict) for one in given)
    _refuse_unless(tables, path, "步骤应当写成 [[step]]")
    steps = [*before, *_steps(given, path.name)]
    if not until:
        return tuple(steps)
    names = [one.name for one in steps]
    if until not in names:
        raise Trouble(f"脚本“{path.name}”里没有名为“{until}”的步骤。")
    return tuple(steps[: names.index(until) + 1])


def _place_of(error: tomllib.TOMLDecodeError | RecursionError) -> str:
    """Where a script is no TOML, as its reader counts."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"第 {found[1]} 行第 {found[2]} 列" if found else "末尾"


def _refuse_unless(sound: object, path: Path, say: str) -> None:
    if not sound:
        raise Trouble(f"脚本“{path.name}”写法不对：{say}。")


def _steps(given: list[Mapping[str, Any]], where: str) -> Iterator[Scripted]:
    for place, one in enumerate(given, 1):
        if wrong := _wrong_in(one):
            raise Trouble(f"脚本“{where}”第 {place} 步写法不对：{wrong}。")
        refused = one.get("refused", ())
        yield Scripted(
            op=one["op"],
            at=_moment(one.get("at", one.get("day")), where, place),
            actor=one.get("actor", SCRIPT),
            form=one.get("form", {}),
            name=one.get("name", ""),
            bind=one.get("as", ""),
            refused=(refused,) if isinstance(refused, str) else tuple(refused),
            cite=one.get("cite", ""),
        )


def _wrong_in(one: Mapping[str, Any]) -> str:
    """What is wrong with the shape of one step, "" when nothing is."""
    if strange := sorted(set(one) - _KNOWN):
        return f"不认识 {'、'.join(strange)}"
    if "op" not in one or ("day" not in one and "at" not in one):
        return "缺 op 或者 day（at）"
    for name in ("op", "actor", "as", "name", "cite"):
        if not isinstance(one.get(name, ""), str):
            return f"{name} 应当是文字"
    if not isinstance(one.get("form", {}), dict):
        return "form 应当写成 { 栏目 = 内容 }"
    codes = one.get("refused", "")
    listed = isinstance(codes, list) and all(isinstance(code, str) for code in codes)
    return "" if listed or isinstance(codes, str) else "refused 应当是文字，或者几个文字"


def _moment(value: Any, where: str, place: int) -> datetime:
    """`at` as it stands, `day` at the end of the office's day; both in China's time."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=CHINA)
    if isinstance(value, date):
        return datetime.combine(value, END_OF_DAY, CHINA)
    raise Trouble(
        f"脚本“{where}”第 {place} 步的日期写法不对，请写 2026-09-03 或者 2026-09-03T10:12:00。"
    )


def replay(
    store: Store,
    script: tuple[Scripted, ...],
    *,
    who: SignedIn | None = None,
    bound: Mapping[str, Any] | None = None,
) -> Iterator[Replayed]:
    """Carry out the steps in order; a step that is refused leaves no trace, and the next goes on.

    `who` has signed in, and nobody else acts: the password of one does not open the name of another.
    `bound` are the names given with `as` by steps that were carried out before.
    """
    known = operations()
    for one in script:
        if one.op not in known:
            raise Trouble(
                f"没有名为“{one.op}”的操作，一步也没有办。全部操作见 enforcer operations。"
            )
    names = _Names(store, dict(bound or {}))
    for one in script:
        deed = known[one.op]
        if who is not None and one.actor not in (SCRIPT, who.login, who.name):
            yield Replayed(one, ok=False, objections=(_another(one, deed, who),))
            continue
        done = _carry_out(store, deed, one, names, who)
        if done.ok and one.bind:
            names.bound[one.bind] = done.answer
        yield done


def _another(one: Scripted, deed: Operation, who: SignedIn) -> Objection:
    say = f"登录的是{who.name}，“{deed.label}”写的是由{one.actor}办理。请由本人登录办理。"
    return Objection("not_yourself", Level.BLOCK, say)


def _carry_out(
    store: Store, deed: Operation, one: Scripted, names: _Names, who: SignedIn | None
) -> Replayed:
    try:
        me = who.officer_id if who else names.officer(one.actor)
        given = _given(deed.form, names.resolve(dict(one.form)), me, names)
        labels = {name: item.title or name for name, item in deed.form.model_fields.items()}
        try:
            form = deed.form.model_validate(given)
        except ValidationError as wrong:
            raise InvalidForm(errors_by_field(wrong, labels)) from wrong
        today = one.at.astimezone(CHINA).date()
        actor = who.login if who else one.actor
        answer = deed.run(store, form, today=today, now=one.at, actor=actor)
    except Refused as refusal:
        return Replayed(one, ok=False, objections=refusal.objections)
    except InvalidForm as wrong:
        said = tuple(
            Objection("invalid_field", Level.BLOCK, say, "", name)
            for name, say in wrong.by_field.items()
        )
        return Replayed(one, ok=False, objections=said)
    return Replayed(one, ok=True, answer=getattr(answer, "case_id", answer))


def _given(
    form: type[BaseModel], given: dict[str, Any], me: int | None, names: _Names
) -> dict[str, Any]:
    """The form with what goes without saying: the case, the lead, the day, who acts."""
    fields = form.model_fields
    for name, bound in (("case_id", "case"), ("lead_id", "lead")):
        needed = name in fields and fields[name].is_required() and name not in given
        if needed and bound in names.bound:
            given[name] = names.bound[bound]
    if "by_id" in fields and "by_id" not in given and me is not None:
        given["by_id"] = me
    return given
