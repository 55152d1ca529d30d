"""``drets vocabularies``: which closed lists of identifiers answers are drawn from, and the layers of labels added to them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from bulk.exits import Exit, Failure
from bulk.inputs import STDIN, DamagedInputError, open_input
from bulk.layer_import import Clashes, ImportRefusedError, Wanted, layer_path, prepare_layer
from bulk.options import data_option
from bulk.outputs import whole_output
from bulk.terminal import show, visible
from bulk.words import open_locales
from normalizers import NormalizerError
from normalizers.layers import TARGETS, load_layers, read_skos
from normalizers.layers.loader import is_tag
from normalizers.localedata import load_sections
from normalizers.vocabularies import load_vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bulk.layer_import import Imported
    from normalizers.layers import Layer
    from normalizers.localedata import Locale, SectionDefinition
    from normalizers.vocabularies import Vocabulary

_COLUMNS = ("name", "version", "concepts", "labels", "licence", "title", "source")


@click.group()
def vocabularies() -> None:
    """List the vocabularies that answers are drawn from, and import labels for them."""


@vocabularies.command("list")
@click.option("--json", "as_json_lines", is_flag=True, help="One JSON object a vocabulary and line, for programs: labels by language.")
@data_option
def list_vocabularies(*, data: Path | None, as_json_lines: bool) -> None:
    """List every vocabulary and layer with its version, concepts, labels by language, licence and source."""
    try:
        rows = tuple(_rows(data))
    except NormalizerError as fault:
        raise Failure(f"the data are faulty\n{fault}") from fault
    if as_json_lines:
        for row in rows:
            click.echo(orjson.dumps(row).decode())
        return
    from rich.table import Table  # noqa: PLC0415 -- only people need it, and it takes long to import

    table = Table(*_COLUMNS, box=None, header_style="bold")
    for row in rows:
        title = f"layer of {row['layer_of']}: {row['title']}" if "layer_of" in row else row["title"]
        labels = f"{sum(row['labels'].values()):,} in {len(row['labels'])} languages" if row["labels"] else ""
        shown = (row["name"], row["version"], str(row["concepts"]), labels, row["license"], title, row["source"])
        table.add_row(*(visible(cell) for cell in shown))
    show(table)


@vocabularies.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="DRETS_DATA",
    required=True,
    help="Folder to write the layer to; it is made if it is not there. DRETS_DATA in the environment when left out.",
)
@click.option("--name", help="Name of the layer; made from the title of the file when left out. A layer of that name is replaced.")
@click.option("--version", help="Version of the layer; the one that the file states when left out.")
@click.option("--vocabulary", type=click.Choice(sorted(TARGETS)), help="Vocabulary to add to; needed where the file speaks of several.")
@click.option("--language", help="Tag of the language (BCP 47) of labels for which the file names none; they are left out otherwise.")
@click.option(
    "--clashes",
    type=click.Choice([policy.value for policy in Clashes]),
    default=Clashes.REFUSE.value,
    show_default=True,
    help="What becomes of a label that names another concept elsewhere: nothing is written; both concepts share it; or it is left out.",
)
def import_vocabulary(  # noqa: PLR0913 -- click passes each option by its name
    *, source: str, data: Path, name: str | None, version: str | None, vocabulary: str | None, language: str | None, clashes: str
) -> Exit:
    """Import the labels of a SKOS file (RDF/XML, Turtle or N-Triples) as a layer of a vocabulary.

    A concept goes by its address, or by its skos:exactMatch or skos:broadMatch. The exit code is 1 if a part of the file
    was left out, or if nothing was written because labels clash; standard output says each.
    """
    if language is not None and not is_tag(language):
        raise click.BadParameter(f"{language!r} is no BCP 47 tag in its usual spelling", param_hint="--language")
    wanted = Wanted(name, version, vocabulary, language, Clashes(clashes))
    file_name = Path(source).name if source != STDIN else "standard input"
    try:
        imported = prepare_layer(read_skos(_read(source)), file_name, data, wanted)
    except ImportRefusedError as fault:
        raise click.UsageError(str(fault)) from fault
    except NormalizerError as fault:
        raise Failure(str(fault)) from fault
    return _finish(imported, source, layer_path(data, imported.layer.name), wanted.clashes)


def _finish(imported: Imported, source: str, path: Path, policy: Clashes) -> Exit:
    for clash in imported.clashes if policy is not Clashes.SHARE else ():
        # The line would be that of a file which does not have this label.
        place = f"{source}: {clash.fault.key}: {clash.fault.detail}"
        click.echo(visible(place if policy is Clashes.REFUSE else f"left out: {place}"))
    if imported.clashes and policy is Clashes.REFUSE:
        click.echo(f"drets: nothing is written, for labels clash: {len(imported.clashes):,}; see --clashes", err=True)
        return Exit.FAULTY
    for left in imported.draft.left_out:
        click.echo(visible(f"left out: {left.concept}: {left.detail}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_output(path) as out:
        out.write(imported.text.encode())
    layer = imported.layer
    labels = _by_language(label.tag for _, label in layer.labels())
    words = f"{sum(labels.values()):,} labels of {len(layer.concepts):,} concepts in {len(labels)} languages"
    click.echo(f"drets: {path}: {layer.name} {layer.version}, a layer of {layer.vocabulary}: {words}", err=True)
    if imported.shared:
        click.echo(f"drets: {imported.shared:,} labels name several concepts in the file itself: they are marked as shared", err=True)
    return Exit.FAULTY if imported.draft.left_out or (imported.clashes and policy is Clashes.LEAVE_OUT) else Exit.DONE


def _read(source: str) -> bytes:
    with open_input(source) as opened:
        try:
            return b"".join(opened.blocks())
        except DamagedInputError as damage:
            raise Failure(f"{source}: {damage}") from damage


def _rows(data: Path | None) -> Iterator[dict[str, Any]]:
    found = load_vocabularies()
    sections = load_sections(found)
    locales = open_locales()
    for vocabulary in found.values():
        yield _summary(vocabulary, len(vocabulary.concepts), _labels(vocabulary, sections, locales.values()))
    for layer in load_layers(data, found) if data else ():
        labels = _by_language(label.tag for _, label in layer.labels())
        yield _summary(layer, len(layer.concepts), labels) | {"layer_of": layer.vocabulary}


def _summary(source: Vocabulary | Layer, concepts: int, labels: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": source.name,
        "version": source.version,
        "concepts": concepts,
        "labels": dict(labels),
        "license": source.license,
        "title": source.title,
        "source": source.source,
    }


def _labels(vocabulary: Vocabulary, sections: Mapping[str, SectionDefinition], locales: Iterable[Locale]) -> dict[str, int]:
    """Count the labels of a vocabulary by language: those of every section whose keys are its concepts."""
    named = [name for name, section in sections.items() if section.keys.keys() == vocabulary.concepts.keys()]
    return _by_language(locale.tag for locale in locales for name in named for _ in locale.labels(name))


def _by_language(tags: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(tags).items()))
