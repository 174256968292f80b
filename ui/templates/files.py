"""One template as a file: out for a jurist, back in, checked before anything is used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from enforcer.documents import template
from enforcer.errors import Level, Objection, Trouble, reason
from ui.templates.work import Typed
from ui.widgets.file_dialogs import ask_open, ask_save
from ui.widgets.printing import write_whole

TOML = "文书模板 (*.toml)"
LARGEST = 1_000_000


def export(parent: QWidget, title: str, typed: Typed) -> tuple[str, str] | None:
    """Ask where, and write the text as it stands; what to tell, None when let go."""
    path = ask_save(parent, "导出模板文件", f"{title}.toml", TOML)
    return None if path is None else written(path, typed)


def written(path: Path, typed: Typed) -> tuple[str, str]:
    """Write the text as it stands; the kind of message and its words."""
    try:
        write_whole(path, typed.made().body.encode("utf-8"))
    except Trouble as trouble:
        return "bad", str(trouble)
    return "ok", f"已导出到 {path}。改好后在这里导入，核对纸面，再保存为新版。"


def ask(parent: QWidget, title: str) -> Path | None:
    """Ask which file to read."""
    return ask_open(parent, f"导入{title}的模板文件", TOML)


def taken(path: Path, key: str) -> str | tuple[Objection, ...]:
    """The text of a file that is a template of this paper, or why it cannot be taken."""
    try:
        if path.stat().st_size > LARGEST:
            return _no(f"“{path.name}”太大，不是模板文件。")
        body = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        form = template.load(body, where=path.name)
    except OSError as error:
        return _no(f"“{path.name}”读不出来：{reason(error)}。")
    except UnicodeDecodeError:
        return _no(f"“{path.name}”不是 UTF-8 编码的文字文件。请另存为 UTF-8 后再导入。")
    except Trouble as trouble:
        return _no(str(trouble))
    if form.key != key:
        return _no(f"“{path.name}”是《{form.title}》的模板，不是这种文书的。请到那种文书里导入。")
    return body


def _no(say: str) -> tuple[Objection, ...]:
    return (Objection("template_file", Level.BLOCK, say),)
