"""What the pages for contributors say is there: files, names, and one list of checks in three places."""

import ast
import fnmatch
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PATH = re.compile(r"`((?:\.github|cnnviewer|docs|release|resources|tests)/[\w./-]*)`")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    return read(page).partition(f"## {heading}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not line.startswith("| word")]


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_path_on_the_page_is_there(page: str) -> None:
    paths = PATH.findall(read(page))
    assert len(paths) > 9
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_ten_questions_or_more_have_one_path_each() -> None:
    answers = [cells for cells in rows(section("docs/architecture.md", "Where would I change …?")) if "?" in cells[0]]
    assert len(answers) >= 10
    assert all(PATH.fullmatch(path) for _, path in answers)


def test_five_changes_are_worked_through_with_their_tests() -> None:
    examples = section("CONTRIBUTING.md", "Where does a change go?").split("\n### ")[1:]
    assert len(examples) == 5
    for example in examples:
        paths = PATH.findall(example)
        assert any(path.startswith("cnnviewer/") for path in paths), example
        assert any(path.startswith("tests/") for path in paths), example


def test_every_link_between_the_pages_leads_somewhere() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/guide.md", "docs/glossary.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", read(page)):
            assert ((ROOT / page).parent / link).exists(), f"{page}: {link}"


@cache
def identifiers() -> set[str]:
    """Every name in the program's code and of its modules; no word of a comment or a string."""
    found: set[str] = set()
    for path in (ROOT / "cnnviewer").rglob("*.py"):
        found.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (getattr(node, field, None) for field in ("id", "attr", "name", "arg"))
            found.update(name for name in names if isinstance(name, str))
    return found


def test_the_glossary_names_what_the_code_says_today() -> None:
    today = [cells[2] for cells in rows(section("docs/glossary.md", "The program"))]
    names = re.findall(r"`(\w+)`", " ".join(today))
    assert len(names) > 20
    assert sorted(set(names) - identifiers()) == []


REPLACED = (
    *("moment", "moments", "told", "knob", "knobs", "ladder", "judge", "judged", "judging", "judgement", "verdict"),
    *("verdicts", "keeper", "wish", "wishes", "wished", "offers", "spill", "plate", "lettering"),
    *("letterings", "bench", "lenses", "team", "teamwork", "person", "stranger", "twin", "conducting"),
)
"""Words that the glossary's have replaced."""


def words_of(name: str) -> set[str]:
    """The words that a name is made of: `snapshot_steps` and `SnapshotSteps` are both of two."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


@pytest.mark.parametrize("name", ["moment_steps", "MomentLine", "setMoment", "MOMENTS", "_is_told"])
def test_a_replaced_word_is_found_in_a_name(name: str) -> None:
    assert words_of(name) & set(REPLACED)


def test_no_name_in_the_code_has_a_word_that_the_glossary_has_replaced() -> None:
    assert sorted(name for name in identifiers() if words_of(name) & set(REPLACED)) == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    gone = {"run_parts", "library_parts", "time_parts", "lasting_choices", "attempts", "words", "offers"}
    empty = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    modules = [
        path for path in (ROOT / "cnnviewer").rglob("*.py") if path.stem in gone | empty or path.stem.endswith("_work")
    ]
    assert [path.relative_to(ROOT).as_posix() for path in modules] == []


def lint_commands() -> list[str]:
    """What `make lint` runs."""
    recipe = read("Makefile").partition("\nlint: setup\n")[2].partition("\n\n")[0]
    return [line.strip().replace("$(BIN)/", "") for line in recipe.splitlines()]


def test_pre_commit_runs_the_checks_of_make_lint() -> None:
    assert re.findall(r"^ +entry: (.+)$", read(".pre-commit-config.yaml"), re.MULTILINE) == lint_commands()


def test_the_workflow_runs_the_checks_of_make_lint() -> None:
    lines = [line.strip().removeprefix("run: ") for line in read(".github/workflows/ci.yml").splitlines()]
    assert [command for command in lint_commands() if command not in lines] == []


def test_pytest_looks_into_every_folder_of_tests(pytestconfig: pytest.Config) -> None:
    left_out = pytestconfig.getini("norecursedirs")
    folders = {part for path in (ROOT / "tests").rglob("test_*.py") for part in path.relative_to(ROOT).parts[:-1]}
    assert [name for name in folders if any(fnmatch.fnmatch(name, pattern) for pattern in left_out)] == []


def test_an_sdist_holds_what_its_list_names() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    listed = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [name for name in listed if not (ROOT / name).exists()] == []


def test_workflows_name_each_action_by_its_commit() -> None:
    used = [
        line.strip().removeprefix("- ")
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line and "uses: ./" not in line
    ]
    assert len(used) > 10
    assert [line for line in used if not re.fullmatch(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert len(set(used)) == len({line.partition("@")[0] for line in used})  # one version of each


def test_nothing_of_the_program_is_ignored_by_git_and_so_left_out_of_what_is_built() -> None:
    folders = ("cnnviewer", "resources", "tests", "docs", "benchmarks", "release")
    files = [path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).rglob("*.*")]
    files = [name for name in files if "__pycache__" not in name]
    command = ["git", "check-ignore", "--no-index", "--stdin"]
    try:
        asked = subprocess.run(
            command, input="\n".join(files), cwd=ROOT, capture_output=True, encoding="utf-8", check=False
        )
    except FileNotFoundError:
        pytest.skip("there is no git here")
    if asked.returncode == 128:
        pytest.skip("git does not know this tree")
    assert asked.stdout.splitlines() == []
