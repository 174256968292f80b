"""The error family: what the law refuses, what a form lacks, what the machine cannot do."""

import errno
from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """How hard an objection is: BLOCK refuses (阻断级), WARN asks for a reason (提示级)."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Objection:
    """One finding: a stable code, its level, the sentence for the officer, its article.

    `field` names the form field the screen jumps to; empty when the whole deed is meant.
    """

    code: str
    level: Level
    say: str
    cite: str = ""
    field: str = ""

    def as_json(self) -> dict[str, str]:
        """The contract of `replay`: code, level, say, cite (and the field, when there is one)."""
        row = asdict(self) | {"level": self.level.value}
        return row if self.field else {k: v for k, v in row.items() if k != "field"}


class EnforcerError(Exception):
    """Anything this program raises on purpose; `str(error)` is a Chinese sentence."""


class Refused(EnforcerError):
    """The law or the state of things says no. Shown in place, with the article, no dialog."""

    def __init__(self, *objections: Objection) -> None:
        assert objections, "a refusal names its objection"
        super().__init__("\n".join(one.say for one in objections))
        self.objections = objections


class SignInNeeded(EnforcerError):
    """Accounts are switched on and nobody has said who acts: wrong usage, not a refusal."""


class InvalidForm(EnforcerError):
    """What was typed cannot be taken; one sentence per field name."""

    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__("\n".join(by_field.values()))
        self.by_field = by_field


class Trouble(EnforcerError):
    """The machine cannot: disk, lock, missing or unreadable file. The sentence says what to do."""


class StoreTrouble(Trouble):
    """The database cannot be opened, read or written."""


class VaultTrouble(Trouble):
    """A kept file is missing, altered, or cannot be written."""


class WorkbookTrouble(Trouble):
    """A workbook as a whole cannot be read (single bad rows are `RowRefused`, not trouble)."""


class TemplateTrouble(Trouble):
    """A document template is malformed or names an unknown field."""


class GlyphMissing(Trouble):
    """No bundled face can draw these characters; the paper is refused and they are named."""

    def __init__(self, characters: str) -> None:
        listed = "、".join(f"“{c}”(U+{ord(c):04X})" for c in characters)
        super().__init__(
            f"字库里没有这些字：{listed}。请核对输入；确为生僻字的，请联系管理员补充字库后再出件。"
        )
        self.characters = characters


class LawDataError(Trouble):
    """Part of resources/law cannot be trusted: file, place, and what to do are in the sentence."""


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "文件或者文件夹不存在",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "读写磁盘出错",
    errno.ENAMETOOLONG: "名称太长",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese; its own words where there is no better one."""
    known = _REASONS.get(error.errno or 0)
    return known or error.strerror or str(error)
