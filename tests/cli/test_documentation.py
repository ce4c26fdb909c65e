"""What the pages say of the command line is true: every option is there, every example can be asked for."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from cnnviewer.cli.entry import parser
from cnnviewer.cli.runs import with_list

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "command-line.md").read_text("utf-8")
EXAMPLES = [
    line.strip()
    for page in (PAGE, (ROOT / "README.md").read_text("utf-8"))
    for line in re.findall(r"^ {4}(cnnviewer .*)$", page, re.MULTILINE)
]


def commands(made: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in made._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def every_parser() -> list[argparse.ArgumentParser]:
    found = commands(parser())
    return [*found.values(), *commands(found["runs"]).values()]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_asked_for(example: str) -> None:
    assert parser().parse_args(with_list(shlex.split(example)[1:])).command


@pytest.mark.parametrize("name", commands(parser()))
def test_a_command_has_its_section_and_examples_in_its_help(name: str) -> None:
    assert f"\n## {name}\n" in PAGE
    assert f"cnnviewer {name}" in commands(parser())[name].format_help()


@pytest.mark.parametrize("made", every_parser(), ids=lambda made: made.prog.partition(" ")[2])
def test_every_option_is_on_the_page_and_explains_itself(made: argparse.ArgumentParser) -> None:
    for action in made._actions:
        long = next((option for option in action.option_strings if option.startswith("--")), None)
        if long is not None and long != "--help":
            assert long in PAGE, f"{made.prog} {long}"
            assert action.help or action.metavar or action.choices, f"{made.prog} {long}"
