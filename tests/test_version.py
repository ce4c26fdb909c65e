"""A build's version is its git tag's; without git or a tag it is the one in the package."""

import subprocess
from pathlib import Path

import pytest

import cnnviewer
from release.version import ROOT, from_description, init_with, version, written


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree whose package says 0.1.0 and that no git knows."""
    (tmp_path / "tree" / "cnnviewer").mkdir(parents=True)
    (tmp_path / "tree" / "cnnviewer" / "__init__.py").write_text('"""Words."""\n\n__version__ = "0.1.0"  # why\n')
    return tmp_path / "tree"


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def committed(folder: Path, tag: str | None = None) -> Path:
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "--allow-empty", "--message", "All of it")
    if tag is not None:
        git(folder, "tag", tag)
    return folder


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("v0.2.0-0-gabc1234", "0.2.0"),
        ("v0.2.0-0-gabc1234-dirty", "0.2.0+dirty"),
        ("v0.2.0-5-gabc1234", "0.2.0.post5+gabc1234"),
        ("v0.2.0-5-gabc1234-dirty", "0.2.0.post5+gabc1234.dirty"),
        ("v1.0.0-rc.1-0-gabc1234", "1.0.0rc1"),
        ("v2-or-so-0-gabc1234", None),
        ("abc1234", None),
        ("", None),
    ],
)
def test_a_description_of_git_becomes_a_version(description: str, expected: str | None) -> None:
    assert from_description(description) == expected


def test_without_git_the_package_says_the_version(tree: Path) -> None:
    assert version(tree) == "0.1.0"


def test_without_a_tag_the_package_says_the_version(tree: Path) -> None:
    assert version(committed(tree)) == "0.1.0"


def test_a_tag_says_the_version(tree: Path) -> None:
    assert version(committed(tree, "v0.3.0")) == "0.3.0"


def test_a_tag_of_another_kind_does_not_say_the_version(tree: Path) -> None:
    assert version(committed(tree, "before-the-move")) == "0.1.0"


def test_a_tree_inside_somebody_elses_checkout_does_not_take_its_tag(tree: Path) -> None:
    committed(tree.parent, "v9.9")
    assert version(tree) == "0.1.0"


def test_a_machine_without_git_gets_the_version_of_the_package(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(tree, "v0.3.0")
    monkeypatch.setenv("PATH", "")
    assert version(tree) == "0.1.0"


def test_a_build_changes_the_version_in_the_package_and_nothing_else(tree: Path) -> None:
    assert init_with("0.3.0", tree) == '"""Words."""\n\n__version__ = "0.3.0"\n'
    assert written(tree) == "0.1.0"


def test_the_version_in_the_package_is_found_by_a_build() -> None:
    assert written(ROOT) == cnnviewer.__version__


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    headings = [
        line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("## ")
    ]
    assert headings[0].split()[1] == cnnviewer.__version__
