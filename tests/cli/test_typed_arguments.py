"""What argparse read ends where a command begins: below that, functions take typed arguments."""

import argparse
import ast
from collections.abc import Iterator
from pathlib import Path

from cnnviewer.cli import options
from cnnviewer.cli.arguments import Consent, Folders
from cnnviewer.cli.entry import _COMMANDS
from cnnviewer.parser import WindowOptions, window_options

ROOT = Path(__file__).resolve().parents[2] / "cnnviewer"
READERS = {"cli/options.py", "parser.py"}
"""The files that add options and read what argparse found."""


def takers(path: Path) -> Iterator[str]:
    """The functions of a file that name argparse's Namespace in an annotation; `""` is the module itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if "argparse" not in {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }:
        return
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node not in inside:
            inside.update(ast.walk(node))
            if any(map(names_it, ast.walk(node))):
                yield node.name
    if any(names_it(node) for node in ast.walk(tree) if node not in inside):
        yield ""


def names_it(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "Namespace"


def test_only_the_beginning_of_a_command_takes_a_namespace() -> None:
    others = {
        f"{path.relative_to(ROOT).as_posix()}:{name}"
        for path in ROOT.rglob("*.py")
        if path.relative_to(ROOT).as_posix() not in READERS
        for name in takers(path)
    }
    commands = {f"cli/{module.__name__.rpartition('.')[2]}.py" for module in _COMMANDS.values()}
    assert {other for other in others if other.partition(":")[0] not in commands} == set()
    assert {name for other in others if not (name := other.partition(":")[2]).startswith("run")} == set()
    assert {other.partition(":")[0] for other in others} == commands


def test_no_command_hands_its_namespace_to_anything_but_the_readers() -> None:
    for module in _COMMANDS.values():
        assert module.__file__ is not None
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and any(getattr(given, "id", None) == "options" for given in node.args):
                name = ast.unparse(node.func).rpartition(".")[2]
                assert name == "getattr" or (name.endswith("_of") and hasattr(options, name)), ast.unparse(node)


def test_a_command_without_an_option_for_it_has_no_consent() -> None:
    assert options.consent_of(argparse.Namespace(trust=True, changed_code=True)) == Consent(
        trust=True, changed_code=True
    )
    assert options.consent_of(argparse.Namespace()) == Consent()


def test_folders_that_are_not_named_are_the_usual_ones(tmp_path: Path) -> None:
    assert Folders(tmp_path / "data", tmp_path / "runs").data == tmp_path / "data"
    assert Folders().runs == Folders(None, None).runs != tmp_path


def test_the_options_of_the_window_are_a_record() -> None:
    assert window_options([]) == WindowOptions()
    assert window_options(["--settings", "a.ini", "--language", "ko"]) == WindowOptions(
        settings=Path("a.ini"), language="ko"
    )
