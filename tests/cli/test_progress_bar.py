"""A bar where a terminal is, plain lines elsewhere."""

import io
import sys

import pytest

from cnnviewer.cli.progress_bar import ProgressBar


class Terminal(io.StringIO):
    """Standard error of a terminal, a hundred letters wide."""

    def isatty(self) -> bool:
        return True


def work(bar: ProgressBar) -> None:
    with bar:
        bar.begin(10, 4)
        for _ in range(6):
            bar.advance(0.25)
        bar.write("a line", sys.stdout)


def test_a_terminal_sees_how_far_it_is_and_every_line_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "40")
    work(ProgressBar())
    assert "4/10" in terminal.getvalue()
    assert "10/10" in terminal.getvalue()
    assert "loss 0.250" in terminal.getvalue()
    assert capsys.readouterr().out == "a line\n"


def test_without_a_terminal_only_whole_lines_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    work(ProgressBar())
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("a line\n", "")
