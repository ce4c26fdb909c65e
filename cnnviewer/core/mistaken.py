"""Files that are not what their name says: what they really are, in one sentence. Recognised by their first bytes."""

from __future__ import annotations

from cnnviewer.core.errors import UserError

HEAD = 512
"""Bytes that are enough to tell."""

_LFS = b"version https://git-lfs.github.com/spec/"
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!-- saved from", b"<?xml")
_HDF5 = b"\x89HDF\r\n\x1a\n"
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
# ModelProto's fields in protobuf's wire format: ir_version as a number below 32, then a text or the graph.
_ONNX_NEXT = (0x12, 0x1A, 0x22, 0x2A, 0x32, 0x3A, 0x42)


def mistaken(name: str, head: bytes) -> UserError | None:
    """What a file with these first bytes is, if that explains why it is no weights, picture or array file."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_LFS):
        return UserError(
            "{file} is a Git LFS pointer, a few lines in place of the file: run git lfs pull where it comes from.",
            file=name,
        )
    if start.startswith(_PAGES):
        return UserError(
            "{file} is a web page, not the file itself: the download gave a page to look at or to log in to.", file=name
        )
    if _is_onnx(head) or name.lower().endswith(".onnx"):
        return UserError(
            "{file} is an ONNX model, which this program does not open: save the PyTorch model's state_dict() instead.",
            file=name,
        )
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return UserError(
            "{file} is a HEIC photo, as phones take them, which this program does not open: save it as JPEG or PNG.",
            file=name,
        )
    if head.startswith(_HDF5):
        return UserError("{file} is an HDF5 file, such as Keras writes, which this program does not open.", file=name)
    return None


def _is_onnx(head: bytes) -> bool:
    return len(head) > 3 and head[0] == 0x08 and 0 < head[1] < 32 and head[2] in _ONNX_NEXT and b"\x00" not in head[:2]
