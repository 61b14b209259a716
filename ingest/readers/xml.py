"""Parsing XML and zip parts that nobody vouches for: no entities, no network, bounded sizes (安全解析)."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

MAX_PART = 100_000_000  # bytes of one part after inflation
MAX_TOTAL = 200_000_000  # bytes of all parts read
MAX_RATIO = 250  # inflated to packed size, looked at from MIN_RATIO_SIZE bytes on
MIN_RATIO_SIZE = 10_000_000

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


class DamagedError(Exception):
    """A container or part cannot be read; the text is a Chinese reason, and `ingest.readers.read` names the file."""


class Archive:
    """A zip file whose parts are read by name, whatever its slashes and capitals."""

    def __init__(self, data: bytes) -> None:
        """Open the archive; raises DamagedError for a truncated or damaged one."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise DamagedError("压缩包不完整或已损坏，可能没有下载完；请重新取得文件") from error
        self._parts = {info.filename.replace("\\", "/").lower(): info for info in self._zip.infolist()}
        self._budget = MAX_TOTAL

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def names(self) -> frozenset[str]:
        """Return the names of all parts in lower case."""
        return frozenset(self._parts)

    def read(self, name: str) -> bytes:
        """Return a part's bytes; raises DamagedError when it is absent, encrypted, damaged or far too large."""
        info = self._parts.get(name.lower())
        if info is None:
            raise DamagedError(f"压缩包里缺少 {name}；请用 Word 打开后另存为 docx")
        if info.flag_bits & 1:
            raise DamagedError("压缩包设有密码；请解除密码后再导入")
        self._count(info)
        try:
            return self._zip.read(info)
        except _DAMAGE as error:
            raise DamagedError(f"{name} 已损坏，无法解压；请重新取得文件") from error

    def measure(self) -> None:
        """Count all parts as read, before another library reads them; raises DamagedError where they are too large."""
        for info in self._zip.infolist():
            self._count(info)

    def _count(self, info: zipfile.ZipInfo) -> None:
        self._budget -= info.file_size
        bomb = info.file_size > MIN_RATIO_SIZE and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if bomb or info.file_size > MAX_PART or self._budget < 0:
            size = info.file_size // 1_000_000
            raise DamagedError(f"{info.filename} 解压后过大（{size} MB），疑似压缩炸弹，已拒绝读取")

    def xml(self, name: str) -> etree._Element:
        """Return a part's root element; raises DamagedError."""
        return parse_xml(self.read(name), name)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root of an XML document without expanding an entity or opening a file; raises DamagedError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(f"{name} 不是完好的 XML；请用 Word 打开后另存为 docx") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError(f"{name} 含有 DTD 实体声明，出于安全已拒绝读取；请用 Word 打开后另存为 docx")
    return root
