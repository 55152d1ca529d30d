"""Drill: files of every format have damaged records in them, and `drets normalize` loses nothing.

Every record carries a mark. Whatever mark is left in a file after the damage must come out exactly once: in an answer, or among the rejects. Nearly
every record that is whole, and stands between two that are, must be answered. Short by default; ``pytest tests/drills/test_damaged_files.py --long-drills -s`` is 10,000 records of each format, and ``--drill-seed`` damages others.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bulk.exits import Exit

pytestmark = pytest.mark.slow

MARK = re.compile(rb"qz(\d{7})(\d\d)zq")
CHECK = 97
SHARE = 0.15
"""How many of the records are damaged."""

FEW = 0.02
"""How many of the records may be turned away with damaged ones farther off."""

UNHARMED = 3
"""Records at the start that are not, so that the format can be told."""

PIECES = (
    b"\xff\xfe",
    b"\0",
    b'"',
    b"{",
    b"}",
    b"<",
    b"</",
    b"&",
    b"]]>",
    b"\n",
    b"\r\n",
    b"\t",
    b",",
    b"\x1e",
    b"\x1d",
    b"\x1f",
    b"@",
    b"%",
    b"\\",
    b"  - ",
)
"""What is thrown in: bytes that are no UTF-8, and marks that mean something in one format or another."""

OAI = b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n'
MODS = b'<modsCollection xmlns="http://www.loc.gov/mods/v3">\n'
MARCXML = b'<collection xmlns="http://www.loc.gov/MARC21/slim">\n'


def title(number: int) -> str:
    return f"Els molins qz{number:07}{number % CHECK:02}zq"


def marks(content: bytes) -> list[bytes]:
    """Give the marks in some content, but for those that the damage made another of."""
    return [found.group() for found in MARK.finditer(content) if int(found[1]) % CHECK == int(found[2])]


def flat(number: int) -> dict[str, str]:
    return {"dc.title": title(number), "dc.language.iso": "cat", "dc.rights": f"CC BY-NC {number % 4 + 1}.0", "dc.date.issued": "1999"}


def row(delimiter: str) -> Callable[[int], bytes]:
    def write_row(number: int) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(flat(number).values())
        return out.getvalue().encode()

    return write_row


def head(delimiter: str) -> bytes:
    return delimiter.join(flat(0)).encode() + b"\n"


def ndjson(number: int) -> bytes:
    return json.dumps(flat(number)).encode() + b"\n"


def listed(number: int) -> bytes:
    return json.dumps(flat(number), indent=1).encode() + b",\n"


def enveloped(number: int) -> bytes:
    return json.dumps({"type": "journal-article", "title": [title(number)], "language": "ca", "DOI": f"10.5555/{number}"}).encode() + b",\n"


def csl(number: int) -> bytes:
    return json.dumps({"id": str(number), "type": "article-journal", "title": title(number), "language": "ca"}).encode() + b",\n"


def ris(number: int) -> bytes:
    return f"TY  - JOUR\nTI  - {title(number)}\nAU  - Puig, Anna\nPY  - 1999\nLA  - ca\nER  - \n\n".encode()


def bibtex(number: int) -> bytes:
    return f"@article{{work{number},\n  title = {{{title(number)}}},\n  author = {{Puig, Anna}},\n  year = 1999\n}}\n\n".encode()


def page(number: int) -> bytes:
    return f"Títol: {title(number)}\nAutor: Puig, Anna\nLlengua: Català\nDrets: CC BY 4.0\n%%\n".encode()


def oai(number: int) -> bytes:
    return (
        f"<record><header><identifier>oai:works.example:{number}</identifier><datestamp>2025-01-01</datestamp></header><metadata>"
        f'<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title(number)}</dc:title><dc:language>cat</dc:language><dc:rights>CC BY 4.0</dc:rights></oai_dc:dc></metadata></record>\n"
    ).encode()


def mods(number: int) -> bytes:
    return f"<mods><titleInfo><title>{title(number)}</title></titleInfo><typeOfResource>text</typeOfResource></mods>\n".encode()


def marcxml(number: int) -> bytes:
    return (
        "<record><leader>00000nam a2200000 a 4500</leader>"
        f'<controlfield tag="001">{number}</controlfield>'
        f'<datafield tag="245" ind1="0" ind2="0"><subfield code="a">{title(number)}</subfield></datafield></record>\n'
    ).encode()


def marc21(number: int) -> bytes:
    """Write a record of ISO 2709: a leader, a directory of one field, and the field."""
    field = b"00\x1fa" + title(number).encode() + b"\x1e"
    directory = b"245" + f"{len(field):04}".encode() + b"00000\x1e"
    base = 24 + len(directory)
    return f"{base + len(field) + 1:05}nam a22{base:05} a 4500".encode() + directory + field + b"\x1d"


FORMS: dict[str, tuple[bytes, Callable[[int], bytes], bytes]] = {
    "ndjson": (b"", ndjson, b""),
    "json": (b"[\n", listed, b'{"dc.title": "The last"}]\n'),
    "csl": (b"[\n", csl, b'{"id": "x", "type": "book", "title": "The last"}]\n'),
    "crossref": (
        b'{"status": "ok", "message": {"items": [\n',
        enveloped,
        b'{"title": ["The last"], "type": "book"}],\n"facets": [{"a": 1},\n{"b": 2}], "total": 1}}\n',
    ),
    "csv": (head(","), row(","), b""),
    "tsv": (head("\t"), row("\t"), b""),
    "ris": (b"", ris, b""),
    "bibtex": (b"", bibtex, b""),
    "text": (b"", page, b""),
    "oai_dc": (OAI, oai, b"</ListRecords></OAI-PMH>\n"),
    "mods": (MODS, mods, b"</modsCollection>\n"),
    "marcxml": (MARCXML, marcxml, b"</collection>\n"),
    "marc21": (b"", marc21, b""),
}
"""Of each format what stands before its records, how one is written, and what stands behind them."""


def damage(record: bytes, chance: Random) -> bytes:
    """Spoil a record: a piece of it goes, its end goes, something is thrown in, or a bit turns. Nothing of it is doubled."""
    start, end = sorted(chance.randrange(len(record) + 1) for _ in range(2))
    return (
        record[:start] + record[end:],
        record[:start],
        record[:start] + chance.choice(PIECES) + record[start:],
        record[:start] + bytes([chance.randrange(256)]) + record[start + 1 :],
    )[chance.randrange(4)]


def write(path: Path, form: str, count: int, chance: Random) -> tuple[Counter[bytes], Counter[bytes]]:
    """Write a file with damaged records in it; give the marks that are left, and those of records that are whole, as are their neighbours."""
    before, make, after = FORMS[form]
    first = 100_000 * (1 + list(FORMS).index(form))
    whole = [make(first + number) for number in range(count)]
    # What the file is, is told by its beginning.
    written = [record if number < UNHARMED or chance.random() > SHARE else damage(record, chance) for number, record in enumerate(whole)]
    path.write_bytes(before + b"".join(written) + after)
    same = [old == new for old, new in zip(whole, written, strict=True)]
    alone = [all(same[max(0, number - 1) : number + 2]) for number in range(count)]
    untouched = Counter(mark for record, stands in zip(whole, alone, strict=True) if stands for mark in marks(record))
    return Counter(marks(path.read_bytes())), untouched


def normalize(folder: Path) -> tuple[list[bytes], list[bytes]]:
    """Normalize all files by the command; gives the answers and the rejects."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}
    command = [sys.executable, "-m", "bulk", "normalize", *FORMS, "-o", "out", "--rejects", "rejects", "--workers", "1"]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, encoding="utf-8")  # noqa: S603 - ours
    assert ran.returncode == Exit.FAULTY, ran.stderr
    answers, rejects = ((folder / name).read_bytes().splitlines() for name in ("out", "rejects"))
    said = re.search(r"([\d,]+) normalized, ([\d,]+) rejected", ran.stderr)
    assert said is not None, ran.stderr
    assert [int(number.replace(",", "")) for number in said.groups()] == [len(answers), len(rejects)]
    return answers, rejects


def test_what_is_damaged_is_answered_or_turned_away_but_never_lost(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    count = pytestconfig.getoption("--drill-records") or (10_000 if pytestconfig.getoption("--long-drills") else 120)
    faults: dict[str, str] = {}
    untouched: dict[str, Counter[bytes]] = {}
    left: dict[str, Counter[bytes]] = {}
    for form in FORMS:
        chance = Random(f"{pytestconfig.getoption('--drill-seed')} {form}")  # noqa: S311 - it must come back, not be a secret
        left[form], untouched[form] = write(tmp_path / form, form, count, chance)
    answers, rejects = normalize(tmp_path)
    answered, turned_away = (Counter(mark for line in lines for mark in set(marks(line))) for lines in (answers, rejects))
    for form in FORMS:
        own = {
            kind: Counter({mark: times for mark, times in found.items() if mark in left[form]})
            for kind, found in (("answers", answered), ("rejects", turned_away))
        }
        found = own["answers"] + own["rejects"]
        lost, doubled, dragged = left[form] - found, found - left[form], untouched[form] - own["answers"]
        # Of two faults one may make up for the other: an end that is missing, and one too many some records behind it.
        dragged = dragged if dragged.total() > FEW * count else Counter()
        print(  # noqa: T201 - for long runs
            f"\n{form}: {count:,} records, {left[form].total():,} marks are left: {own['answers'].total():,} answered, {own['rejects'].total():,} turned away"
        )
        for name, some in (("lost", lost), ("doubled", doubled), ("turned away though whole", dragged)):
            if some:
                faults[f"{form}, {name}"] = f"{some.total()}: {sorted(some)[:5]}"
    assert not faults
