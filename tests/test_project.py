"""What holds for the project as a whole: layers, locks, documents."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final, cast

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.parts import need
from vivavoce.base.config import Setting, settings

ROOT: Final = Path(__file__).parents[1]
DOCUMENTS: Final = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
# Spelled in pieces, so that this file does not hold what it looks for.
REGISTRIES: Final = tuple(
    ".".join(parts)
    for parts in (("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("npmjs", "com"))
)


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        [need("git"), "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def locked(lock: str) -> dict[str, set[str]]:
    """Versions by package; several where they differ between versions of Python."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==(\S+)", lock, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def test_imports_point_inward() -> None:
    # In a process of its own: it sets up logging, and switches off the loggers it finds.
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(cache_dir=None))"
    linted = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_command_line_starts_without_what_only_commands_need() -> None:
    heavy = {"pydantic", "sqlalchemy", "fastapi", "numpy", "onnxruntime", "pydantic_ai", "aiortc", "av", "uvicorn"}
    look = "import sys, vivavoce.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True).stdout
    assert not heavy & set(loaded.split())


def test_no_file_holds_a_registry_address() -> None:
    holders = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if any(host.encode() in path.read_bytes() for host in REGISTRIES)
    ]
    assert holders == []


def test_the_web_lock_names_no_source_but_a_checksum_for_each_package() -> None:
    packages: dict[str, dict[str, object]] = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert not [name for name, package in packages.items() if name and "integrity" not in package]


@pytest.mark.parametrize("name", ["run.lock", "dev.lock"])
def test_every_locked_package_has_a_checksum(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / name).read_text())
    assert not [entry for entry in entries if not entry.startswith("#") and "--hash=sha256:" not in entry]


def test_the_locks_hold_what_the_project_asks_for() -> None:
    table = project()
    run, dev = ((ROOT / "requirements" / name).read_text() for name in ("run.lock", "dev.lock"))
    wanted = [(line, run) for line in table["project"]["dependencies"]]
    wanted += [(line, run) for line in table["dependency-groups"]["build"]]
    wanted += [(line, dev) for line in table["dependency-groups"]["dev"]]
    wanted += [(line, dev) for extra in table["project"]["optional-dependencies"].values() for line in extra]
    for line, lock in wanted:
        requirement = Requirement(line)
        versions = locked(lock).get(canonicalize_name(requirement.name), set())
        assert versions, f"{line}: not locked; run make lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{line}: run make lock"


def test_development_and_use_have_the_same_versions() -> None:
    run, dev = (locked((ROOT / "requirements" / name).read_text()) for name in ("run.lock", "dev.lock"))
    assert {name: versions for name, versions in run.items() if dev.get(name) != versions} == {}


@pytest.mark.parametrize("setting", settings().values(), ids=lambda setting: setting.variable)
def test_every_setting_is_documented_with_its_default_and_what_it_takes(setting: Setting) -> None:
    rows = (ROOT / "docs/configuration.md").read_text().splitlines()
    row = next((row for row in rows if row.startswith(f"| `{setting.variable}` |")), None)
    assert row, f"{setting.variable} is missing in docs/configuration.md"
    _, _, default, does, takes, _ = (cell.strip() for cell in row.split("|"))
    assert does.startswith(setting.about.does)
    assert takes == setting.about.accepts
    if setting.default not in (None, ""):  # else there is none, or it is worked out at the start and told in words
        assert default == f"`{written(setting.default)}`"


def written(default: object) -> str:
    """As a person would set it."""
    match default:
        case bool():
            return str(default).lower()
        case float():
            return f"{default:g}"
        case tuple():
            return ",".join(str(choice) for choice in cast("tuple[object, ...]", default))
        case _:
            return str(default)


def test_no_document_tells_of_a_setting_that_is_gone() -> None:
    told = {name for path in DOCUMENTS for name in re.findall(r"VIVAVOCE_[A-Z_]+[A-Z]", path.read_text())}
    assert told - set(settings()) <= {"VIVAVOCE_REQUIRE_ALL"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text())
    assert not [link for link in links if "://" not in link and not (document.parent / link).exists()]


def test_decisions_are_numbered_without_gap() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_every_rule_that_is_listed_has_its_test() -> None:
    written = "".join(path.read_text() for path in ROOT.glob("tests/**/test_*.py"))
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs/rules.md").read_text())
    assert len(named) > 50
    assert [name for name in named if f"def {name}(" not in written] == []
