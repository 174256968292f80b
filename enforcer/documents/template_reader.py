"""Reads a template file and refuses, in plain words, whatever is wrong in it."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from enforcer.documents import course_rules, words
from enforcer.documents.parts import Cell, Copy, Part, Row, Sheet, SheetUp, Template
from enforcer.errors import TemplateTrouble

FACES = ("fang", "title", "hei", "hei_bold", "kai", "song")
ALIGNS = ("justify", "left", "center", "right")
_STYLE = {
    "face",
    "size",
    "leading",
    "align",
    "indent",
    "spread",
    "inset",
    "before",
    "after",
    "keep",
    "holds",
}
_COMMON = {"kind", "when", "unless", "each", "copies"} | _STYLE
_KINDS: dict[str, tuple[set[str], set[str]]] = {  # kind: (words, other keys)
    "organ": ({"text"}, set()),
    "title": ({"text"}, set()),
    "number": ({"text"}, set()),
    "paragraph": ({"text"}, set()),
    "heading": ({"text"}, set()),
    "signature": ({"label", "beside"}, {"width", "height"}),
    "seal": ({"organ", "date"}, {"space"}),
    "table": (set(), {"rows", "columns", "height", "sheet_rows"}),
    "lines": (set(), {"count", "height"}),
    "receipt": ({"text"}, set()),
    "picture": ({"text"}, {"height"}),
    "cut": ({"text"}, {"height"}),
    "seam": ({"text"}, {"edge"}),
    "mark": ({"text"}, set()),
    "code": ({"text", "caption"}, {"size_mm"}),
    "footer": ({"left", "center", "right"}, set()),
}
_DEFAULT_WORDS = {"organ": {"text": "{organ.name}"}, "seal": {"organ": "{organ.name}"}}
_REQUIRED = {
    "number": "text",
    "paragraph": "text",
    "heading": "text",
    "signature": "label",
    "seal": "date",
    "table": "rows",
    "code": "text",
    "picture": "text",
    "mark": "text",
}
_NUMBERS = {"size", "leading", "indent", "spread", "inset", "before", "after"} | {
    "width",
    "height",
    "space",
    "count",
    "sheet_rows",
    "size_mm",
}
_WHERE_IN_TOML = re.compile(r"\(at line (\d+), column (\d+)\)")


def load(text: str, *, where: str) -> Template:
    """Read a template; whatever is wrong in it is TemplateTrouble naming file, part and word."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _WHERE_IN_TOML.search(str(error))
        place = (
            f"第{found[1]}行第{found[2]}列" if found else f"第{text.count(chr(10)) + 1}行（文末）"
        )
        raise TemplateTrouble(f"模板“{where}”{place}写法有误，请改正后重新载入。") from error
    return _Reader(where).template(data)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tables of one template file."""

    file: str

    def template(self, data: dict[str, Any]) -> Template:
        whole = f"模板“{self.file}”"
        self._known(data, {"key", "title", "version", "paper", "sheet", "copies", "parts"}, whole)
        for name in ("key", "title", "version"):
            if not isinstance(data.get(name), str) or not data[name]:
                raise TemplateTrouble(f"{whole}缺“{name}”，请在文件开头补上一行文字。")
        if "paper" in data:
            course_rules.read(data, self.file)
        copies = tuple(self._copy(one) for one in data.get("copies", [])) or (Copy(),)
        parts = self._list(data.get("parts"), f"{whole}的 parts")
        return Template(
            data["key"],
            data["title"],
            data["version"],
            self.file,
            self._sheet(data.get("sheet", {})),
            copies,
            tuple(self._part(i, one, data["title"], copies) for i, one in enumerate(parts, 1)),
        )

    def _sheet(self, data: dict[str, Any]) -> Sheet:
        where = f"模板“{self.file}”的 [sheet]"
        self._known(data, set(Sheet.__dataclass_fields__), where)
        values: dict[str, Any] = {}
        for name, value in data.items():
            if name in ("up2", "up4"):
                self._known(value, {"scale", "margins"}, f"{where}.{name}")
                usual: SheetUp = getattr(Sheet(), name)
                margins = self._margins(value.get("margins", usual.margins), f"{where}.{name}")
                scale = self._number(value.get("scale", usual.scale), f"{where}.{name} 的 scale")
                values[name] = SheetUp(scale, margins)
            elif name == "margins":
                values[name] = self._margins(value, where)
            elif name == "face":
                values[name] = self._one_of(value, FACES, f"{where} 的 face")
            elif name == "fit":
                values[name] = value is True
            else:
                values[name] = self._number(value, f"{where} 的 {name}")
        return Sheet(**values)

    def _copy(self, data: dict[str, Any]) -> Copy:
        where = f"模板“{self.file}”的 [[copies]]"
        self._known(data, {"name", "footer"}, where)
        return Copy(str(data.get("name", "")), str(data.get("footer", "")))

    def _part(self, index: int, data: dict[str, Any], title: str, copies: tuple[Copy, ...]) -> Part:
        kind = data.get("kind", "")
        where = f"模板“{self.file}”第{index}部分（{kind or '未写 kind'}）"
        spoken, others = _KINDS[self._one_of(kind, tuple(_KINDS), f"{where} 的 kind")]
        self._known(data, _COMMON | spoken | others, where)
        if (needed := _REQUIRED.get(kind)) and not data.get(needed):
            raise TemplateTrouble(f"{where}缺“{needed}”。")
        usual = _DEFAULT_WORDS.get(kind, {}) | ({"text": title} if kind == "title" else {})
        said = {name: data.get(name, usual.get(name, "")) for name in sorted(spoken)}
        for name in data.get("copies", []):
            self._one_of(name, tuple(copy.name for copy in copies), f"{where} 的 copies")
        return Part(
            kind,
            where,
            MappingProxyType(
                {k: words.parse(self._text(v, where), where) for k, v in said.items()}
            ),
            MappingProxyType(self._style(data, others - {"rows"}, where)),
            tuple(self._row(i, one, where) for i, one in enumerate(data.get("rows", []), 1)),
            self._paths(data.get("when", []), where),
            self._paths(data.get("unless", []), where),
            data.get("each", ""),
            tuple(data.get("copies", [])),
        )

    def _style(self, data: dict[str, Any], others: set[str], where: str) -> dict[str, Any]:
        style = {name: data[name] for name in (_STYLE | others) & data.keys()}
        for name, value in style.items():
            if name in _NUMBERS:
                self._number(value, f"{where} 的 {name}")
        for name, allowed in (("face", FACES), ("align", ALIGNS), ("edge", ("top", "bottom"))):
            if name in style:
                self._one_of(style[name], allowed, f"{where} 的 {name}")
        if "columns" in style:
            columns = self._list(style["columns"], f"{where} 的 columns")
            style["columns"] = tuple(self._number(c, f"{where} 的 columns") for c in columns)
        return style

    def _row(self, index: int, data: dict[str, Any], part: str) -> Row:
        where = f"{part}第{index}行"
        self._known(data, {"cells", "each", "when", "unless", "header", "height"}, where)
        return Row(
            tuple(
                self._cell(one, where) for one in self._list(data.get("cells"), f"{where}的 cells")
            ),
            where,
            self._paths(data.get("when", []), where),
            self._paths(data.get("unless", []), where),
            data.get("each", ""),
            data.get("header") is True,
            self._number(data.get("height", 0), f"{where} 的 height"),
        )

    def _cell(self, data: str | dict[str, Any], where: str) -> Cell:
        if isinstance(data, str):
            return Cell(words.parse(data, where))
        self._known(data, {"text", "label", "span", "align"}, where)
        return Cell(
            words.parse(self._text(data.get("text", ""), where), where),
            data.get("label") is True,
            int(self._number(data.get("span", 1), f"{where} 的 span")),
            self._one_of(data.get("align", "justify"), ALIGNS, f"{where} 的 align"),
        )

    def _known(self, data: Any, names: set[str], where: str) -> None:
        if not isinstance(data, dict):
            raise TemplateTrouble(f"{where}应写成一组“名称 = 值”。")
        for name in data:
            if name not in names:
                near = difflib.get_close_matches(name, sorted(names), 1)
                hint = f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(sorted(names))}。"
                raise TemplateTrouble(f"{where}里的“{name}”不认识，{hint}")

    def _one_of(self, value: Any, allowed: tuple[str, ...], what: str) -> str:
        if value not in allowed:
            raise TemplateTrouble(
                f"{what}是“{value}”，只能是：{'、'.join(a for a in allowed if a)}。"
            )
        return str(value)

    def _number(self, value: Any, what: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise TemplateTrouble(f"{what}是“{value}”，应是不小于零的数。")
        return float(value)

    def _margins(self, value: Any, where: str) -> tuple[float, float, float, float]:
        found = [
            self._number(one, f"{where} 的 margins")
            for one in self._list(value, f"{where} 的 margins")
        ]
        if len(found) != 4:
            raise TemplateTrouble(f"{where} 的 margins 应是四个数：上、右、下、左（毫米）。")
        return found[0], found[1], found[2], found[3]

    def _list(self, value: Any, what: str) -> list[Any]:
        if not isinstance(value, list | tuple) or not value:
            raise TemplateTrouble(f"{what}应是一个不空的列表。")
        return list(value)

    def _text(self, value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise TemplateTrouble(f"{where}里的“{value}”应是一段文字（写在引号里）。")
        return value.strip("\n")

    def _paths(self, value: Any, where: str) -> tuple[str, ...]:
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise TemplateTrouble(f"{where}的 when 或 unless 应是一个字段名，或者字段名的列表。")
        return tuple(found)
