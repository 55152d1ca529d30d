"""How many values a second `drets values` reads, beside a floor that only parses and writes the same lines.

    python benchmarks/bulk_rate.py [--lines 200000] [--seed 1]

The file is made by a seeded generator, so that anyone can repeat a run. Its values repeat as those of an aggregator do: a few
dozen language and type terms and some hundred rights statements, drawn by Zipf's law (the n-th most frequent one is met 1/n
times as often as the first); dates from some twenty thousand days, many of them years alone; identifiers that never repeat.
Each line costs its share of a whole process: the start of the engine is in the time, and is told apart as well.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, product
from pathlib import Path

import orjson

FLOOR = "import sys, orjson\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(orjson.dumps(orjson.loads(line)) + b'\\n')"

# fmt: off
LANGUAGES = (
    "en", "eng", "English", "Anglès", "Inglés", "Anglais", "spa", "es", "Español", "Castellà", "cat", "Català", "fre", "fra", "Français",
    "por", "Português", "ger", "Deutsch", "ita", "en_US", "es_ES", "pt_BR", "eng ; spa", "English, French", "mul", "und", "zxx", "Klingon",
)
TYPES = (
    "Article", "article", "info:eu-repo/semantics/article", "Artículo", "Article ; recerca", "Journal Article", "Tesis doctoral", "Thèse",
    "Doctoral Thesis", "Treball final de grau", "Dissertação", "Text", "Dataset", "Book chapter", "Capítol de llibre", "Image",
    "Working Paper", "Conference Paper", "Comunicação em conferência", "Report", "Informe", "Preprint", "Other", "Sonstiges",
)
# fmt: on
ELEMENTS = ("by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
PORTS = ("", "es/", "deed.ca", "us/", "fr/")
PROSE = (
    "Aquesta obra es pot copiar i distribuir sempre que se'n citi l'autor i no se'n faci negoci. Creative Commons",
    "You may share and adapt this work for any purpose, provided you give appropriate credit.",
    "Se permite la reproducción sin fines comerciales, citando la fuente. Licencia Creative Commons {}",
    "Todos los derechos reservados. {}",
    "Tous droits réservés {}",
    "Copyright {} The Authors. All rights reserved.",
    "Acesso aberto",
    "info:eu-repo/semantics/openAccess",
    "Embargoed until {}-12-31",
    "In Copyright",
)


@dataclass(frozen=True, slots=True)
class Pool:
    """Texts of one field, and how often each is met relative to the first."""

    field: str
    texts: Sequence[str]

    def sampler(self, chance: random.Random) -> Callable[[], str]:
        """Give a function that draws one text."""
        weights = list(accumulate(1 / rank for rank in range(1, len(self.texts) + 1)))
        return lambda: chance.choices(self.texts, cum_weights=weights)[0]


def rights() -> Iterator[str]:
    """Make rights statements: addresses, names and prose, of several years."""
    for version, port, elements in product(("4.0", "3.0", "2.5"), PORTS, ELEMENTS):
        yield f"https://creativecommons.org/licenses/{elements}/{version}/{port}"
        if not port:
            yield f"CC {elements.upper()} {version}"
    for year, prose in product(range(1995, 2026), PROSE):
        yield prose.format(year)


def make_line(samplers: dict[str, Callable[[], str]], number: int) -> bytes:
    """Make one line; each field gets an equal share, as if each record had one value of each."""
    field = list(samplers)[number % len(samplers)]
    return orjson.dumps({"id": number, "field": field, "text": samplers[field]()}, option=orjson.OPT_APPEND_NEWLINE)


def make_file(path: Path, lines: int, seed: int) -> None:
    """Write the file of values."""
    chance = random.Random(seed)  # noqa: S311 - it must be the same for everybody, not unforeseeable
    statements = list(dict.fromkeys(rights()))
    chance.shuffle(statements)
    samplers = {
        pool.field: pool.sampler(chance) for pool in (Pool("language", LANGUAGES), Pool("resource_type", TYPES), Pool("rights", statements))
    }
    samplers["date"] = lambda: _date(chance)
    samplers["identifier"] = lambda: f"https://doi.org/10.{chance.randrange(1000, 9999)}/{chance.getrandbits(48):x}"
    with path.open("wb") as out:
        out.writelines(make_line(samplers, number) for number in range(lines))


def _date(chance: random.Random) -> str:
    day = date(1965, 1, 1) + timedelta(days=chance.randrange(60 * 365))
    return str(day.year) if chance.random() < 0.5 else day.isoformat()  # noqa: PLR2004 - one in two is a year alone


def measure(command: Sequence[str], given: Path) -> tuple[float, int]:
    """Run a command over a file; tell its seconds and the most memory it held, in bytes."""
    with given.open("rb") as source, Path(os.devnull).open("wb") as nowhere:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=source, stdout=nowhere)  # noqa: S603 - our own programs
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{command[-1]} ended with {process.returncode}")
        return time.perf_counter() - started, usage.ru_maxrss * 1024


def main() -> None:
    """Make the file, run the floor, a start without lines, and the command, and say what they took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    drets = (sys.executable, "-m", "bulk", "values")
    with tempfile.TemporaryDirectory() as folder:
        values, nothing = Path(folder, "values.ndjson"), Path(folder, "nothing.ndjson")
        make_file(values, options.lines, options.seed)
        nothing.touch()
        print(f"{options.lines:,} values, {values.stat().st_size:,} bytes, seed {options.seed}")
        for name, command, given in (
            ("floor: parse and write", (sys.executable, "-c", FLOOR), values),
            ("drets values, nothing", drets, nothing),
            ("drets values", drets, values),
        ):
            seconds, memory = measure(command, given)
            rate = f"{options.lines / seconds:10,.0f} values/s" if given is values else " " * 19
            print(f"{name:24} {seconds:8.2f} s {rate} {memory / 2**20:8.0f} MiB at most")


if __name__ == "__main__":
    main()
