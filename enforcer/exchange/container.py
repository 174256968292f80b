"""The workbook as a file: is it one, is it safe to load, which cells have no value to read."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from enforcer.errors import WorkbookTrouble

MAX_ROWS, MAX_COLUMNS = 200_000, 104
MAX_FILE_BYTES = 200 * 2**20
MAX_UNPACKED_BYTES = 800 * 2**20

_SAVE_AS = "请用Excel或WPS打开，另存为“.xlsx”后再导入。"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION_TAG = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
# Only inside a tag of a cell or a row: a text may hold `r="…"` too.
_AT = rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\sr\s*=\s*["']"""
# Anything but columns A to CZ and rows to 199,999: one cheap look spares most files the rest.
_UNUSUAL = re.compile(rb"""\sr\s*=\s*["'](?!(?:[A-C]?[A-Z])?(?:1?[0-9]{5}|[0-9]{1,4})["'])""")
_STRANGE_PLACE = re.compile(_AT + rb"""(?![A-Z]{1,3}[0-9]{1,7}["']|[0-9]{1,7}["'])""")
# A cell that is only formatted ends itself, or is closed at once.
_FILLED = rb"""["'][^>/]*>(?!\s*</)"""
_FAR_COLUMN = re.compile(_AT + rb"([A-Z]{2,3})[0-9]+" + _FILLED)
_DEEP_CELL = re.compile(_AT + rb"[A-Z]{1,3}([0-9]{6,7})" + _FILLED)
_DEEP_ROW = re.compile(
    rb"""<(?:\w+:)?row\b[^>]*?\sr\s*=\s*["']([0-9]{6,7})["'][^>]*>(.*?)</(?:\w+:)?row>""", re.DOTALL
)
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b([^>]*\st\s*=\s*["']e["'][^>]*)>""")
_COUNT = re.compile(rb"""\s(uniqueCount|count)\s*=\s*["']\s*([0-9]{5,})""")
_HOLDS = re.compile(rb"<(?:\w+:)?(?:v|is|f)\b")
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class Place:
    """A cell by its Excel row number and its column number, both from 1."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Container:
    """The bytes of a sound workbook, and per sheet the cells that hold no value, with the reason."""

    data: io.BytesIO
    voids: tuple[dict[Place, str], ...]


def open_container(path: Path) -> Container:
    """Read the file whole; WorkbookTrouble says in one sentence why it cannot be taken."""
    data = _bytes_of(path)
    _refuse_other_kinds(path, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _refuse_strange_parts(path, parts)
            for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
                _refuse_false_counts(path, parts, part)
            voids = tuple(_voids(path, parts.read(part)) for part in _sheet_parts(parts))
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
    ) as bad:
        raise broken(path) from bad
    except RuntimeError as locked:  # zipfile's word for a part with a password
        raise _encrypted(path) from locked
    return Container(io.BytesIO(data), voids)


def broken(path: Path) -> WorkbookTrouble:
    """The one sentence for a workbook whose inside cannot be read."""
    return WorkbookTrouble(f"“{path.name}”已经损坏或者没有复制完整，无法读取。{_SAVE_AS}")


def column_letters(number: int) -> str:
    """Column 1 as `A`, 28 as `AB`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise WorkbookTrouble(f"“{path}”是文件夹，请选择一个Excel工作簿。")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise WorkbookTrouble(
                f"“{path.name}”有{size // 2**20}兆，超过{MAX_FILE_BYTES // 2**20}兆，请分成几个文件导入。"
            )
        return path.read_bytes()
    except FileNotFoundError as gone:
        raise WorkbookTrouble(f"找不到文件“{path}”，请核对文件名和所在的文件夹。") from gone
    except PermissionError as denied:
        raise WorkbookTrouble(
            f"“{path.name}”打不开：没有读取权限，或者正被别的程序占用。请关闭后再试。"
        ) from denied
    except (OSError, ValueError) as trouble:
        raise WorkbookTrouble(f"“{path.name}”读取失败，请检查磁盘或U盘后再试。") from trouble


def _refuse_other_kinds(path: Path, data: bytes) -> None:
    if not data:
        raise WorkbookTrouble(f"“{path.name}”是空文件（0字节），请重新复制后再导入。")
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED in data:
            raise _encrypted(path)
        raise WorkbookTrouble(f"“{path.name}”是旧版的“.xls”工作簿。{_SAVE_AS}")
    if not data.startswith(b"PK"):
        raise WorkbookTrouble(f"“{path.name}”不是Excel工作簿。{_SAVE_AS}")


def _encrypted(path: Path) -> WorkbookTrouble:
    return WorkbookTrouble(f"“{path.name}”设了打开密码。请用Excel或WPS取消密码，保存后再导入。")


def _refuse_strange_parts(path: Path, parts: zipfile.ZipFile) -> None:
    names = set(parts.namelist())
    if "xl/workbook.xml" not in names:
        known = {"xl/workbook.bin": "“.xlsb”二进制工作簿", "content.xml": "“.ods”表格"}
        what = next((say for name, say in known.items() if name in names), "")
        said = f"是{what}，不是“.xlsx”" if what else "不是Excel工作簿"
        raise WorkbookTrouble(f"“{path.name}”{said}。{_SAVE_AS}")
    if sum(one.file_size for one in parts.infolist()) > MAX_UNPACKED_BYTES:
        raise WorkbookTrouble(
            f"“{path.name}”展开后过大，可能含有大量图片或者空行。请只保留台账内容，另存后再导入。"
        )


def _sheet_parts(parts: zipfile.ZipFile) -> Iterator[str]:
    """The parts of the sheets, in the order of the workbook."""
    relations = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in _RELATION_TAG.findall(parts.read("xl/_rels/workbook.xml.rels"))
    }
    for tag in _SHEET_TAG.findall(parts.read("xl/workbook.xml")):
        target = relations[_attribute(tag, rb"\w+:id")]
        yield target.lstrip("/") if target.startswith("/") else "xl/" + target


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return found[1].decode("utf-8") if found else ""


def _refuse_false_counts(path: Path, parts: zipfile.ZipFile, part: str) -> None:
    """The reader sets aside memory for as many entries as the part says it has."""
    if part not in parts.namelist():
        return
    text = parts.read(part)
    for name, said in _COUNT.findall(text):
        if int(said) > (len(text) if name == b"uniqueCount" else MAX_ROWS * MAX_COLUMNS):
            raise broken(path)


def _refuse_scattered(path: Path, sheet: bytes) -> None:
    """A stray cell far away makes the reader ask for more memory than any PC has."""
    if not _UNUSUAL.search(sheet):
        return
    if _STRANGE_PLACE.search(sheet):
        raise broken(path)
    columns = (_column_number(one) for one in set(_FAR_COLUMN.findall(sheet)))
    if (widest := max(columns, default=26)) > MAX_COLUMNS:
        raise WorkbookTrouble(
            f"“{path.name}”在很靠右的列（第{column_letters(widest)}列）有内容，"
            "请删除多余的列，另存后再导入。"
        )
    deepest = max(
        (
            *(int(one) for one in _DEEP_CELL.findall(sheet)),
            *(int(row) for row, inside in _DEEP_ROW.findall(sheet) if _HOLDS.search(inside)),
        ),
        default=0,
    )
    if deepest > MAX_ROWS + 1:
        raise WorkbookTrouble(
            f"“{path.name}”的内容一直到第{deepest}行，一次最多导入{MAX_ROWS}行。"
            "请删除多余的行，或者分成几个文件。"
        )


def _voids(path: Path, sheet: bytes) -> dict[Place, str]:
    """Error cells and formulas without a result: a reader sees both as blank."""
    _refuse_scattered(path, sheet)
    voids: dict[Place, str] = {}
    for found in _ERROR_CELL.finditer(sheet):
        _add(voids, found[1], "的单元格显示为错误值（如“#N/A”“#REF!”），请改成正确的内容。")
    if b"f>" in sheet:
        for found in _EMPTY_FORMULA.finditer(sheet):
            if b't="str"' not in found[1]:
                _add(voids, found[1], "的单元格里公式还没有结果，请用Excel打开并保存一次，再导入。")
    return voids


def _add(voids: dict[Place, str], tag: bytes, say: str) -> None:
    if found := _PLACE.search(tag):
        voids[Place(int(found[2]), _column_number(found[1]))] = say


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
