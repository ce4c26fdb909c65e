"""A build says where the project is published: at the address it is built from, and nowhere else."""

from pathlib import Path

import pytest

from release.addresses import urls, web_address
from tests.test_version import git

PAGE = "https://example.org/somebody/cnnviewer"
FULL = {"Homepage": PAGE, "Source": PAGE, "Issues": f"{PAGE}/issues", "Changelog": f"{PAGE}/blob/HEAD/CHANGELOG.md"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "outer" / "tree").mkdir(parents=True)
    return tmp_path / "outer" / "tree"


def workflow(workspace: Path) -> dict[str, str]:
    return {
        "GITHUB_SERVER_URL": "https://example.org",
        "GITHUB_REPOSITORY": "somebody/cnnviewer",
        "GITHUB_WORKSPACE": str(workspace),
    }


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("https://example.org/somebody/cnnviewer.git", PAGE),
        ("https://example.org/somebody/cnnviewer/", PAGE),
        ("https://name:token@example.org/somebody/cnnviewer", PAGE),
        ("https://token@example.org:8443/somebody/cnnviewer", "https://example.org:8443/somebody/cnnviewer"),
        ("http://example.org/somebody/cnnviewer?token=1#part", PAGE),
        ("ssh://git@example.org:2222/somebody/cnnviewer.git", PAGE),
        ("git@example.org:somebody/cnnviewer.git", PAGE),
        ("example.org:somebody/cnnviewer", PAGE),
        ("git://example.org/somebody/cnnviewer.git", PAGE),
        ("/home/somebody/cnnviewer", None),
        ("../cnnviewer", None),
        ("C:\\work\\cnnviewer", None),
        ("C:/work/cnnviewer", None),
        ("file:///home/somebody/cnnviewer", None),
        ("work:somebody/cnnviewer", None),
        ("http://localhost/cnnviewer", None),
        ("http://127.0.0.1:3000/somebody/cnnviewer", None),
        ("https://example.org:port/somebody/cnnviewer", None),
        ("https://example.org", None),
        ("", None),
    ],
)
def test_a_remote_becomes_its_page_without_credentials(remote: str, expected: str | None) -> None:
    assert web_address(remote) == expected


def test_a_checkout_is_published_where_it_comes_from(tree: Path) -> None:
    git(tree, "init")
    git(tree, "remote", "add", "origin", "git@example.org:somebody/cnnviewer.git")
    assert urls(tree, {}) == FULL


def test_a_workflow_knows_the_address_of_its_own_tree(tree: Path) -> None:
    assert urls(tree, workflow(tree)) == FULL


def test_a_workflow_of_somebody_else_that_installs_it_does_not_give_it_their_address(tree: Path) -> None:
    assert urls(tree, workflow(tree.parent)) == {}


def test_a_tree_inside_somebody_elses_checkout_does_not_take_its_address(tree: Path) -> None:
    git(tree.parent, "init")
    git(tree.parent, "remote", "add", "origin", "git@example.org:somebody/else.git")
    assert urls(tree, {}) == {}


def test_no_address_is_given_where_none_is_known(tree: Path) -> None:
    git(tree, "init")
    assert urls(tree, {}) == {}
