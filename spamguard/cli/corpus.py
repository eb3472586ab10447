"""``spamguard corpus``: which public sources there are, and a corpus folder built from them."""

from __future__ import annotations

import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spamguard.cli._console import open_output, say
from spamguard.errors import UsageError
from spamguard.report.sanitize import escaped
from spamguard.report.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SOURCES = click.option(
    "--sources",
    "listed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read this list of sources instead of the project's own.",
)


@click.group()
def corpus() -> None:
    """Build the clean documents to train on from public sources; reads no configuration file."""


@corpus.command(name="list")
@_SOURCES
def list_(listed: Path | None) -> None:
    """Show the sources: use, kind, licence, commit and languages of each."""
    from spamguard.training.building.sourcelist import read_sources

    rows = [("source", "use", "kind", "commit", "licence", "languages")]
    for source in read_sources(listed):
        commit = source.commit[:12] or ("not pinned" if source.url else "local only")
        languages = " ".join(language for language, _ in source.paths)
        rows.append((source.name, source.use, source.kind, commit, source.licence, languages))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    with open_output(None) as out:
        for row in rows:
            cells = (f"{escaped(cell):<{width}}" for cell, width in zip(row, widths, strict=True))
            out.text("  ".join(cells).rstrip() + "\n")


@corpus.command()
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="A new or empty folder to write to."
)
@click.option(
    "--from",
    "folders",
    multiple=True,
    metavar="NAME=DIR",
    help="Take a source from a local folder, as it lies there. Repeatable.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep what is fetched here, and do not fetch it again; without it, a temporary folder.",
)
@click.option("--only", multiple=True, metavar="NAME", help="Build from this source alone. Repeatable.")
@click.option("--offline", is_flag=True, help="Fetch nothing: every source comes from a folder or the cache.")
@click.option("--strict", is_flag=True, help="Refuse sources that are not taken at a pinned commit.")
@_SOURCES
def build(
    out: Path,
    folders: Sequence[str],
    cache: Path | None,
    only: Sequence[str],
    offline: bool,
    strict: bool,
    listed: Path | None,
) -> None:
    """Write the documents of all sources, their tables and a manifest with a hash over all.

    The same commits give the same hash on every machine. Needs git for sources that do not come from a folder.
    """
    from spamguard.training.building.build import Place
    from spamguard.training.building.build import build as write
    from spamguard.training.building.sourcelist import named, read_sources

    sources = read_sources(listed)
    taken = _folders(folders)
    named(sources, taken)
    chosen = named(sources, only) if only else sources
    with nullcontext(cache) if cache is not None else tempfile.TemporaryDirectory(prefix="spamguard-") as fetched:
        manifest = write(chosen, Place(taken, Path(fetched), offline=offline, strict=strict), out, say)
    held_out = sum(one["documents"] for one in manifest["sources"].values() if one["split"] == "held-out")
    say(f"wrote {out}: {counted(manifest['documents'], 'document')}, {held_out:,} of them held out")
    with open_output(None) as output:
        output.text(f"{manifest['corpus_sha256']}\n")


def _folders(told: Iterable[str]) -> dict[str, Path]:
    """Local folders by the name of a source."""
    found = {}
    for pair in told:
        name, equals, folder = pair.partition("=")
        if not equals or not folder:
            raise UsageError(f"--from takes NAME=DIR, not {pair}")
        found[name] = Path(folder)
    return found
