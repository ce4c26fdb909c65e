"""Reads changed files in a process that may die, hang or grow without harm, and tells what must not be."""

from __future__ import annotations

import faulthandler
import hashlib
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path

import numpy as np
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.plain_text import visible
from tests.fuzz.mutations import cut
from tests.fuzz.readers import READERS, Files, Reader

SECONDS = 2.0
"""Processor time that one file may take."""
MEMORY = 2**30
"""Bytes by which reading one file may let the process grow."""
if sys.platform != "win32":
    import resource
_LONGEST = 700  # letters of a sentence
_CUT_EVERY = 8
_MEMORY = Path("/dev/shm")


@dataclass
class Told:
    """What reading many changed files of one kind showed.

    Attributes:
        read: how many were read all the same.
        refused: how many were refused with a sentence.
        sentences: these, without the values in them, with how often.
        findings: what must not be, with the number of the file.
    """

    read: int = 0
    refused: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)


def fuzz(kind: str, count: int, seed: int, first: int = 0, most: int = 20) -> Told:
    """Read `count` changed files of a kind from number `first` on; stops after `most` findings.

    Calls `fork`: no other thread may be at work.
    """
    reader, told = READERS[kind], Told()
    samples = reader.samples()
    home = Path(tempfile.mkdtemp(prefix="fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None))
    number, end = first, first + count
    try:
        whole = [_digest(_read(reader, home / "sound", files)) for files in samples]
        while number < end and len(told.findings) < most:
            number, report = _in_child(kind, reader, samples, whole, home, (number, end), seed)
            told.read += report.read
            told.refused += report.refused
            told.sentences += report.sentences
            told.findings += report.findings
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return told


def changed_files(reader: Reader, samples: list[Files], number: int, seed: int) -> tuple[int, Files, bool]:
    """The files numbered `number`, from which sample they come, and whether one of them was only cut short."""
    draw = random.Random(f"{seed}/{number}")
    which = draw.randrange(len(samples))
    files = samples[which]
    if number % _CUT_EVERY == 0:
        name = draw.choice(list(files))
        return which, files | {name: cut(draw, files[name])}, True
    return which, reader.changed(draw, files), False


def _in_child(
    kind: str, reader: Reader, samples: list[Files], whole: list[str], home: Path, numbers: tuple[int, int], seed: int
) -> tuple[int, Told]:
    """Read the files in another process; the number after the last one, and what was seen."""
    report, at = home / "report", home / "at"
    at.write_bytes(str(numbers[0]).encode())
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _work(reader, samples, whole, home, numbers, seed)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    _, ending = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(ending)
    told: Told = pickle.loads(report.read_bytes()) if report.exists() else Told()
    report.unlink(missing_ok=True)
    if code == 0:
        return numbers[1], told
    last = int(at.read_bytes())
    why = "reading takes too long" if code == -signal.SIGPROF else f"the process died ({code})"
    told.findings.append(f"{kind} {last} (seed {seed}): {why}")
    return last + 1, told


def _work(
    reader: Reader, samples: list[Files], whole: list[str], home: Path, numbers: tuple[int, int], seed: int
) -> None:
    warnings.simplefilter("ignore")
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    told = Told()
    told_of = 0
    try:
        with (home / "at").open("r+b", buffering=0) as at:
            for number in range(*numbers):
                at.seek(0)
                at.write(str(number).encode())
                which, files, short = changed_files(reader, samples, number, seed)
                before = _peak()
                signal.setitimer(signal.ITIMER_PROF, SECONDS)
                _one(reader, home / "changed", files, whole[which] if short and reader.told else None, told, number)
                signal.setitimer(signal.ITIMER_PROF, 0)
                if _peak() - before > MEMORY:
                    told.findings.append(f"{number}: the process grew by {(_peak() - before) >> 20} MB")
                if len(told.findings) > told_of or number % 500 == 0:
                    told_of = len(told.findings)
                    (home / "report").write_bytes(pickle.dumps(told))
                if told_of >= 20:
                    break
    finally:
        (home / "report").write_bytes(pickle.dumps(told))


def _one(reader: Reader, place: Path, files: Files, whole: str | None, told: Told, number: int) -> None:
    try:
        value = _read(reader, place, files)
        if whole is not None and _digest(value) != whole:
            told.findings.append(f"{number}: a file that was cut short is read as if it were whole")
        told.read += 1
    except UserError as error:
        told.refused += 1
        told.sentences[error.template] += 1
        text = str(error)
        if not text.strip() or len(text) > _LONGEST or visible(text) != text:
            told.findings.append(f"{number}: not one plain sentence: {text[:300]!r}")
    except AssertionError as error:
        told.findings.append(f"{number}: not whole: {error or _line(error)}")
    except Exception as error:
        told.findings.append(f"{number}: {type(error).__name__}: {str(error)[:200]} in {_line(error)}")


def _line(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "cnnviewer" in frame.filename or "fuzz" in frame.filename]
    frame = (ours or frames)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno} {frame.line}"


def _read(reader: Reader, place: Path, files: Files) -> object:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    value = reader.read(place)
    reader.check(value)
    return value


def _digest(value: object) -> str:
    made = hashlib.sha256()

    def add(part: object) -> None:
        if isinstance(part, torch.Tensor):
            part = part.numpy()
        if isinstance(part, np.ndarray):
            made.update(f"{part.dtype} {part.shape}".encode() + part.tobytes())
        elif isinstance(part, (list, tuple)):
            made.update(b"[")
            for each in part:
                add(each)
        elif isinstance(part, dict):
            add(sorted(part.items()))
        elif is_dataclass(part):
            add([getattr(part, each.name) for each in fields(part)])
        else:
            made.update(repr(part).encode("utf-8", "surrogatepass"))

    add(value)
    return made.hexdigest()


def _peak() -> int:
    """The most memory that the process has taken so far, in bytes; 0 where nobody counts it."""
    if sys.platform == "win32":
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most
