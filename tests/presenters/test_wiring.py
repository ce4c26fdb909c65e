"""How presenters are written, counted in their source: jobs have callbacks, and nested event loops have one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import cnnviewer

PROGRAM = Path(cnnviewer.__file__).parent
PRESENTERS = PROGRAM / "presenters"


def parsed(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield str(path.relative_to(PROGRAM)), ast.parse(path.read_text(encoding="utf-8"))


def test_a_slot_is_told_what_it_is_about_and_does_not_ask_who_has_called_it() -> None:
    asking = [
        f"{name}:{node.lineno}"
        for name, tree in parsed(PROGRAM)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "sender"
    ]
    assert not asking


def test_what_a_job_does_is_a_plain_function() -> None:
    called = [
        f"{name}:{node.lineno}"
        for name, tree in parsed(PRESENTERS)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "__call__"
    ]
    assert not called


def test_every_function_of_a_job_is_told_of_the_job_last() -> None:
    odd = []
    for name, tree in parsed(PRESENTERS / "tasks"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and any("context" in each.arg for each in node.args.args):
                odd += [f"{name}: {node.name}"] if "context" not in node.args.args[-1].arg else []
    assert not odd


def test_a_nested_event_loop_is_entered_in_two_places() -> None:
    """Where a job is waited for, and where somebody reads a map that is not there yet, without the user's input."""
    entering = {
        str(path.relative_to(PROGRAM)).replace("\\", "/")
        for path in PROGRAM.rglob("*.py")
        if re.search(
            r"\bQEventLoop\(|processEvents\(|\bloop\.exec\(|\b(dialog|box|menu)\.exec\(", path.read_text("utf-8")
        )
    }
    assert entering == {"runtime/jobs.py", "runtime/analysis_thread.py", "app/skeleton.py"}  # the last before all else


def test_a_presenter_is_made_of_its_services_and_at_most_three_others() -> None:
    taken = {
        f"{name}: {node.name}": [each.arg for each in made.args.args[1:]]
        for name, tree in parsed(PRESENTERS)
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name.endswith("Presenter")
        for made in node.body
        if isinstance(made, ast.FunctionDef) and made.name == "__init__"
    }
    assert len(taken) > 20
    assert {name: names for name, names in taken.items() if names[0] != "services" or len(names) > 4} == {}
