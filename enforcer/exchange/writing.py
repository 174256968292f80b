"""A finished file onto the disk: whole or not at all, and a sentence when it cannot be."""

import contextlib
import errno
import os
import uuid
from pathlib import Path

from enforcer.errors import WorkbookTrouble, reason
from enforcer.paths import no_place_for

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM}


def put(data: bytes, path: Path, *, overwrite: bool) -> None:
    """Write through a temporary neighbour, fsync, rename; a file already there stays unless told."""
    if there(path) and (why := no_place_for(path)):
        raise WorkbookTrouble(f"“{path}”{why}，没有导出。请换一个文件名。")
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            part.replace(path)
        else:
            _name_once(part, path)
        _sync_folder(path.parent)
    except FileExistsError as taken:
        raise name_taken(path) from taken
    except OSError as trouble:
        raise explained(path, trouble) from trouble
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _name_once(part: Path, path: Path) -> None:
    """Give the file its name unless something has it: of two exports at once, one is refused."""
    if os.name == "nt":
        part.rename(path)
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a USB stick knows no links
        path.open("xb").close()
        part.replace(path)


def there(path: Path) -> bool:
    """Whether something has this name; a name too long for the system has nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def name_taken(path: Path) -> WorkbookTrouble:
    """The sentence for a file that is already there."""
    return WorkbookTrouble(f"“{path}”已经存在，没有覆盖。请换一个文件名，或者确认覆盖后再导出。")


def explained(path: Path, trouble: OSError) -> WorkbookTrouble:
    """What the system said, as a sentence that tells what to do."""
    code = trouble.errno
    if code in _FULL:
        say = f"磁盘已满，“{path.name}”没有导出。请清理磁盘或者换一个位置，再导出。"
    elif code == errno.ENAMETOOLONG:
        say = f"文件名或者路径太长（{len(path.name)}个字），没有导出。请换一个短的文件名。"
    elif code == errno.EROFS:
        say = f"“{path.parent}”所在的磁盘是只读的，没有导出。请换一个位置。"
    elif code in _DENIED and path.exists():
        say = f"“{path.name}”不能写入：它可能正在Excel或WPS中打开，或者是只读文件。请关闭它，或者换一个文件名。"
    elif code in _DENIED:
        say = f"没有权限在“{path.parent}”里建立文件，没有导出。请换一个文件夹。"
    elif code in (errno.ENOENT, errno.ENOTDIR):
        say = f"找不到文件夹“{path.parent}”，没有导出。请检查U盘是否还插着，或者换一个文件夹。"
    elif code == errno.EISDIR or path.is_dir():
        say = f"“{path}”是文件夹，没有导出。请写上文件名。"
    else:
        say = f"“{path.name}”写入失败（{reason(trouble)}），没有导出。请检查磁盘后再试。"
    return WorkbookTrouble(say)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network and USB systems cannot sync a folder; the file itself is safe
        pass
    finally:
        os.close(handle)
