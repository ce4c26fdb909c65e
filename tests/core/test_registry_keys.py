"""Registry keys are taken apart in one place a kind, and lose nothing there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cnnviewer
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.call import Call
from cnnviewer.core.models.design import PRESETS
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.registry import MODELS

PATHS = st.one_of(
    st.text(min_size=1),
    st.sampled_from(
        (
            "/home/kim/내 사진/숫자",
            "C:\\Users\\Kim Min\\사진\\net.py",
            "\\\\server\\share\\a b",
            "~/data/pictures",
            "relative/../x",
            "/a::b/c: d",
            "/",
            "::",
            "folder:/npz:/x",
        )
    ),
)
CALLS = st.one_of(
    st.from_regex(r"[^\W\d]\w*", fullmatch=True),
    st.sampled_from(("Net", "신경망", "Net(depth=2)", "Net('a::b(c) d', [8, 16])", "make (1)", "")),
)
MODEL_KEYS = st.one_of(
    st.sampled_from((*MODELS, "resnet50", "", *(design.text for design in PRESETS.values()))),
    st.text().map("design:{}".format),
    st.text().map("file:{}".format),
    st.builds("file:{}::{}".format, PATHS, CALLS),
    st.text(),
)
DATA_KEYS = st.one_of(
    st.sampled_from(("mnist", "cifar10", "builtin-digits", "builtin-shapes", "", "folder:", "npz:", "imagenet")),
    st.builds("{}:{}".format, st.sampled_from(("folder", "npz", "Folder")), PATHS),
    st.text(),
)


@given(MODEL_KEYS)
@example("file:C:\\Users\\김 민\\net.py::Net(depth=2)")
@example("file:/a::b/net.py::Net")
@example("file:net.py")
@example("file:::Net")
def test_the_key_of_a_model_is_written_as_it_was_read(key: str) -> None:
    assert str(ModelKey.parse(key)) == key


@given(DATA_KEYS)
@example("folder:C:\\Users\\김 민\\사진")
@example("npz:~/a::b.npz")
def test_the_key_of_a_data_set_is_written_as_it_was_read(key: str) -> None:
    assert str(DataKey.parse(key)) == key


@pytest.mark.parametrize(
    ("key", "parts", "own", "short"),
    [
        ("lenet", ModelKey("listed", "lenet"), False, "lenet"),
        ("design:relu, linear classes", ModelKey("design", "relu, linear classes"), False, "design"),
        ("file:/a b/net.py::Net(depth=2)", ModelKey("file", "Net(depth=2)", "/a b/net.py"), True, "Net(depth=2)"),
        ("file:C:\\a\\net.py::Net", ModelKey("file", "Net", "C:\\a\\net.py"), True, "Net"),
        ("file:/a::b/net.py::Net", ModelKey("file", "Net", "/a::b/net.py"), True, "Net"),
        ("file:/a/net.py::make('x::Other')", ModelKey("file", "make('x::Other')", "/a/net.py"), True, None),
        ("file:/a/net.py", ModelKey("file", "/a/net.py"), True, "net.py"),
        ("Design:relu", ModelKey("listed", "Design:relu"), False, "Design:relu"),
    ],
)
def test_the_key_of_a_model_has_parts(key: str, parts: ModelKey, own: bool, short: str | None) -> None:
    parsed = ModelKey.parse(key)
    assert (parsed, parsed.is_own, parsed.short) == (parts, own, short or parts.text)


def test_a_key_of_a_file_without_a_class_is_refused_when_its_code_is_asked_for() -> None:
    with pytest.raises(UserError, match=r"file:/a/net\.py names no class: write file:PATH\.py::CLASS\."):
        ModelKey.parse("file:/a/net.py").own_code()
    assert ModelKey.parse("file:/a/net.py::Net(depth=2)").own_code() == (
        Path("/a/net.py"),
        Call("Net", (), {"depth": 2}),
    )


@pytest.mark.parametrize(
    ("key", "kind", "title"),
    [
        ("mnist", "listed", "mnist"),
        ("folder:/a/내 사진", "folder", "내 사진"),
        ("folder:/a::b", "folder", "a::b"),
        ("npz:/a/clothes.npz", "npz", "clothes.npz"),
        ("folder:/", "folder", "folder:/"),
        ("npz:", "listed", "npz:"),
    ],
)
def test_the_key_of_a_data_set_has_parts(key: str, kind: str, title: str) -> None:
    parsed = DataKey.parse(key)
    assert (parsed.kind, parsed.is_own, parsed.title) == (kind, kind != "listed", title)


def test_data_of_ones_own_have_a_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    paths = {"folder:a b/../c": tmp_path / "c", "npz:~/x.npz": home / "x.npz", "mnist": None, "folder:": None}
    assert {key: DataKey.parse(key).path for key in paths} == paths
    whole = {"npz:~/x.npz": f"npz:{home / 'x.npz'}", "mnist": "mnist", "folder:": "folder:"}
    assert {key: str(DataKey.parse(key).absolute()) for key in whole} == whole


# the one place

PLACES = {
    "core/models/key.py": ("design:", "file:", "::"),
    "core/data/key.py": ("folder:", "npz:"),
    "core/models/pretrained.py": ("weights:",),
}
PREFIXES = sorted({prefix for known in PLACES.values() for prefix in known})


def looked_at(source: str) -> Iterator[tuple[int, str]]:
    """Where a source text compares with the prefix of a key, makes a key of one or divides at its colon: line, what."""
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield from ((node.lineno, prefix) for prefix in PREFIXES if node.value == prefix)
        if isinstance(node, ast.JoinedStr):
            written = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            whole = "".join(map(str, written))
            yield from ((node.lineno, prefix) for prefix in PREFIXES if whole.startswith(prefix + "{}"))
            if whole == "{}:{}" and not re.search("minutes|channel", ast.unparse(node)):  # no time, no muted channel
                yield node.lineno, ":"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            divides = node.func.attr in ("partition", "rpartition", "split", "rsplit", "find", "index")
            about = ast.unparse(node.func.value)
            elsewhere = any(word in about for word in ("device", "display", "environ"))
            if divides and not elsewhere and isinstance(node.args[0], ast.Constant) and node.args[0].value == ":":
                yield node.lineno, ":"


@pytest.mark.parametrize(
    "source",
    [
        'own = key.startswith("file:")',
        'kind, _, path = key.partition(":")',
        'key = f"folder:{path}"',
        'key = f"{kind}:{path}"',
        'name = key.rpartition("::")[2]',
        'if key.startswith(("folder:", "npz:")): pass',
        'READERS = {"npz:": read}',
    ],
)
def test_a_look_at_the_prefix_of_a_key_is_seen(source: str) -> None:
    assert list(looked_at(source))


def test_no_other_module_tests_for_the_prefix_of_a_key() -> None:
    package = Path(cnnviewer.__file__).parent
    found = [
        (name, line, what)
        for path in sorted(package.rglob("*.py"))
        if (name := path.relative_to(package).as_posix()) not in PLACES
        for line, what in looked_at(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(("name", "known"), PLACES.items(), ids=PLACES)
def test_the_modules_that_parse_keys_contain_the_prefixes(name: str, known: tuple[str, ...]) -> None:
    source = (Path(cnnviewer.__file__).parent / name).read_text("utf-8")
    assert all(prefix in source for prefix in known)


# where text becomes a key, and a key a specification

PARSED_BY = {
    "core/training/config.py": 2,  # a configuration: from a run, the command line or the window
    "core/models/recipe.py": 2,  # a recipe: from weights or a run
    "core/models/state.py": 1,  # what weights note about their training
    "core/models/weights.py": 4,  # what weights note about their model (also of a file that nobody opened), and what they are opened for
    "core/data/image_id.py": 1,  # the name of an image's file
    "core/data/info.py": 2,  # a data set, loaded or offered
    "core/models/registry.py": 1,  # a model is asked for
    "core/data/registry.py": 3,  # a data set is asked for
    "core/models/own/own_file.py": 1,  # a file is asked for that nobody has agreed to run
    "presenters/offered.py": 1,  # the settings name a model of an earlier session
    "cli/options.py": 2,  # the command line
}
LOOKED_UP_BY = {
    "core/training/check.py",  # a training begins
    "core/inspection/trace.py",  # a model is looked into without weights, or by its title
    "presenters/selection.py",  # a choice
    "presenters/resolve.py",  # what weights or a run name
    "presenters/sweep.py",  # a choice on its page
    "presenters/tasks/own_models.py",  # a file that was just agreed to
    "cli/evaluate.py",
    "cli/sweep.py",
    "cli/train.py",
}


def calls(function: str) -> dict[str, int]:
    """Module -> how often it calls a function of this name."""
    package = Path(cnnviewer.__file__).parent
    found = {
        path.relative_to(package).as_posix(): [
            node
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if (isinstance(node, ast.Call) and ast.unparse(node.func) in function.split("|"))
            or (isinstance(node, ast.Call) and any(ast.unparse(each) in function.split("|") for each in node.args))
        ]
        for path in sorted(package.rglob("*.py"))
    }
    return {name: len(nodes) for name, nodes in found.items() if nodes}


def test_keys_are_parsed_only_where_text_enters() -> None:
    assert calls("ModelKey.parse|DataKey.parse") == PARSED_BY


def test_models_are_looked_up_by_their_key_only_where_a_key_enters() -> None:
    assert {name for name in calls("spec") if not name.startswith("core/models/")} == LOOKED_UP_BY
