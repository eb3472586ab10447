"""The promises around the code: who may import whom, who may touch the outside, and what a scan loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import spamguard

PACKAGE = Path(spamguard.__file__).parent
FLOORS = (
    ("findings", "errors", "kernels"),
    ("verdicts",),
    ("page", "text"),
    ("scripts",),
    ("features",),
    ("model",),
    ("examine",),
    ("signs",),
    ("removal",),
    ("closer",),
    ("guard",),
    ("spamguard",),  # the public names in spamguard/__init__.py
    ("report", "web", "fetch"),
    ("run",),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
CORE = frozenset(
    {
        "findings",
        "verdicts",
        "errors",
        "kernels",
        "page",
        "text",
        "scripts",
        "features",
        "model",
        "examine",
        "signs",
        "removal",
        "closer",
    }
)
OUTSIDE = frozenset(
    {
        "asyncio",
        "click",
        "concurrent",
        "ftplib",
        "http",
        "httpcore",
        "httpx",
        "joblib",
        "multiprocessing",
        "requests",
        "shutil",
        "smtplib",
        "socket",
        "subprocess",
        "tempfile",
        "threading",
        "urllib",
    }
)
HARMLESS = frozenset({"urllib.parse"})
READS_AND_WRITES = frozenset(
    {
        "glob",
        "iterdir",
        "mkdir",
        "open",
        "read_bytes",
        "read_text",
        "rename",
        "rglob",
        "touch",
        "unlink",
        "write_bytes",
        "write_text",
    }
)
CORE_FILES_WITH_IO = {"model/weights.py": "loads the weights", "removal/customs.py": "loads what was counted of gaps"}
OWNERS = {
    "turbohtml": frozenset({"page", "examine"}),
    "httpx": frozenset({"fetch"}),
    "httpcore": frozenset({"fetch"}),
    "sklearn": frozenset({"training"}),
    "scipy": frozenset({"training"}),
}


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement's target, as a full dotted name."""

    file: str
    line: int
    target: str
    lazy: bool

    @property
    def room(self) -> str:
        """The room that the importing file belongs to."""
        return _room_of_file(self.file)

    def __str__(self) -> str:
        return f"spamguard/{self.file}:{self.line} imports {self.target}"


def _room_of_file(file: str) -> str:
    first = file.partition("/")[0].removesuffix(".py")
    return "spamguard" if first == "__init__" else first


def _files() -> list[str]:
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def _tree(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text(encoding="utf-8"), filename=file)


def _lazy_nodes(tree: ast.Module) -> set[ast.AST]:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {inner for function in functions for inner in ast.walk(function)}


def _targets(file: str, node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    package = ["spamguard", *Path(file).parent.parts]
    start = package[: len(package) - node.level + 1] if node.level else []
    base = ".".join([*start, *([node.module] if node.module else [])])
    if base == "spamguard":  # the names may be rooms, or may be the public names themselves
        return [f"spamguard.{alias.name}" for alias in node.names]
    return [base]


def _imports(file: str) -> list[Import]:
    tree = _tree(file)
    lazy = _lazy_nodes(tree)
    return [
        Import(file, getattr(node, "lineno", 0), target, node in lazy)
        for node in ast.walk(tree)
        for target in _targets(file, node)
    ]


def _room_of_target(target: str) -> str | None:
    """Name the room of an import inside the package; None for an import from elsewhere."""
    first, _, rest = target.partition(".")
    if first != "spamguard":
        return None
    room = rest.partition(".")[0]
    there = (PACKAGE / f"{room}.py").is_file() or (PACKAGE / room).is_dir()
    return room if room and there else "spamguard"


IMPORTS = [one for file in _files() for one in _imports(file)]


def test_every_file_belongs_to_a_room_with_a_place_in_the_order() -> None:
    assert {_room_of_file(file) for file in _files()} <= {*FLOOR, "training"}


def test_imports_run_one_way() -> None:
    climbing = []
    for one in IMPORTS:
        target = _room_of_target(one.target)
        if target is None or target == one.room or "training" in {one.room, target}:
            continue
        if FLOOR[target] >= FLOOR[one.room]:
            climbing.append(str(one))
    assert climbing == []


def test_training_imports_neither_cli_nor_run() -> None:
    wrong = [str(one) for one in IMPORTS if one.room == "training" and _room_of_target(one.target) in {"cli", "run"}]
    assert wrong == []


def test_only_the_commands_import_training_and_only_when_called() -> None:
    into = [one for one in IMPORTS if _room_of_target(one.target) == "training" and one.room != "training"]
    assert [str(one) for one in into if one.room != "cli" or not one.lazy] == []


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_heavy_or_young_library_stays_in_its_rooms(library: str) -> None:
    users = [one for one in IMPORTS if one.target.partition(".")[0] == library]
    assert [str(one) for one in users if one.room not in OWNERS[library]] == []


def test_core_rooms_import_nothing_that_reaches_outside() -> None:
    wrong = [
        str(one)
        for one in IMPORTS
        if one.room in CORE
        and one.file not in CORE_FILES_WITH_IO
        and one.target.partition(".")[0] in OUTSIDE
        and one.target not in HARMLESS
    ]
    assert wrong == []


def test_core_rooms_print_nothing_and_open_no_file() -> None:
    wrong = []
    for file in _files():
        if _room_of_file(file) not in CORE:
            continue
        for node in ast.walk(_tree(file)):
            called = _called(node)
            if called in {"print", "input", "breakpoint"}:
                wrong.append(f"spamguard/{file}:{getattr(node, 'lineno', 0)} calls {called}")
            if called in READS_AND_WRITES and file not in CORE_FILES_WITH_IO:
                wrong.append(f"spamguard/{file}:{getattr(node, 'lineno', 0)} calls {called}")
    assert wrong == []


def _called(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else None


def _loaded(code: str, candidates: tuple[str, ...]) -> set[str]:
    """Run code in a fresh interpreter and say which of the candidates it loaded."""
    script = f"{code}\nimport sys\nprint(*(name for name in {candidates!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ("numpy", "turbohtml", "jieba", "sklearn", "scipy", "joblib", "click")
    assert _loaded("import spamguard", heavy) == set()


def test_importing_the_middlewares_loads_no_model_and_no_server() -> None:
    heavy = ("numpy", "turbohtml", "jieba", "sklearn", "joblib", "click", "uvicorn", "anyio", "spamguard.guard")
    assert _loaded("import spamguard.web", heavy) == set()


def test_scanning_a_clean_page_loads_no_training_library() -> None:
    page = "<!doctype html><title>Opening hours</title><p>The library is open on weekdays from nine to five.</p>"
    code = f"import spamguard\nassert spamguard.scan({page.encode()!r}).verdict == 'clean'"
    assert _loaded(code, ("sklearn", "scipy", "jieba", "spamguard.training")) == set()


def test_scanning_a_clean_page_loads_only_the_core_of_turbohtml() -> None:
    code = "import spamguard\nassert spamguard.scan(b'<!doctype html><p>Open on weekdays.</p>').verdict == 'clean'"
    assert _loaded(code, ("turbohtml", "turbohtml._html")) == {"turbohtml._html"}
    # What is imported afterwards has to be at home with the tokens that were made before.
    code += "\nfrom spamguard.page import tokenizer\nimport turbohtml"
    assert _loaded(f"{code}\nassert turbohtml.TokenType is tokenizer.TokenType", ("turbohtml",)) == {"turbohtml"}


def test_scanning_a_clean_chinese_page_does_not_load_the_word_list() -> None:
    page = "<!doctype html><meta charset=utf-8><title>开放时间</title><p>图书馆周一至周五上午九点开放。</p>"
    code = f"import spamguard\nassert spamguard.scan({page.encode()!r}).verdict == 'clean'"
    assert _loaded(code, ("sklearn", "scipy", "jieba")) == set()


def test_cutting_chinese_words_loads_the_word_list_and_nothing_of_the_installer() -> None:
    code = "from spamguard.text.words import words_of\nassert '视频' in words_of('在线观看视频网站')"
    assert _loaded(code, ("jieba", "pkg_resources")) == {"jieba"}
    code = f"import threading\nlater = threading.Timer(60, print)\nlater.start()\n{code}\nlater.cancel()"
    assert _loaded(code, ("jieba",)) == {"jieba"}  # beside other threads, too


def test_scanning_a_clean_page_loads_nothing_that_only_others_need(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<!doctype html><title>Opening hours</title><p>Open on weekdays.</p>")
    code = (
        "import sys\nfrom spamguard.cli import main\n"
        f"sys.argv[1:] = {['scan', '--quiet', str(tmp_path)]!r}\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
    )
    others = ("closer", "findings", "page.transcode", "run.parallel", "cli.clean", "cli.fetch", "cli.train", "cli.undo")
    assert _loaded(code, ("joblib", "zipfile", *(f"spamguard.{other}" for other in others))) == set()


def test_a_scan_without_options_loads_no_parser_of_options(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<!doctype html><title>Opening hours</title><p>Open on weekdays.</p>")
    code = (
        "import sys\nfrom spamguard.cli import main\n"
        f"sys.argv[1:] = {['scan', str(tmp_path)]!r}\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\nprint()"
    )
    assert "click" not in _loaded(code, ("click",))


@pytest.mark.parametrize("arguments", [("scan",), ("clean",)])
def test_nothing_of_the_journal_is_loaded_before_somebody_writes(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<!doctype html><title>Opening hours</title><p>Open on weekdays.</p>")
    code = (
        "import sys\nfrom spamguard.cli import main\n"
        f"sys.argv[1:] = {[*arguments, '--quiet', str(tmp_path)]!r}\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
    )
    rooms = ("journal", "runlog", "steps", "undo", "locks")
    assert _loaded(code, tuple(f"spamguard.run.{room}" for room in rooms)) == set()


def test_public_names_are_sorted_and_exist() -> None:
    assert list(spamguard.__all__) == sorted(spamguard.__all__)
    assert [name for name in spamguard.__all__ if not hasattr(spamguard, name)] == []
