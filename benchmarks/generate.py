"""Makes records as repositories export them, of any number, always the same for the same seed.

    python benchmarks/generate.py records.ndjson --records 1000000 [--seed 1] [--format ndjson]

What repeats and what does not is modelled on aggregators. Rights statements (some 300), types and languages (a few dozen each), journals
and subjects are drawn by Zipf's law: the n-th most frequent one is met 1/n times as often as the first. Names of persons come from 4,000
combinations. Titles, abstracts and identifiers never repeat, so that no cache can know them; dates are of sixty years, half of them
years alone. In ``ndjson`` the records are mixed: half are flat as DSpace exports them, a quarter have labels in one of five languages,
and the rest are DataCite's and Crossref's JSON; one line in a thousand is broken. The other formats hold the same works.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import orjson

BATCH = 5_000
BROKEN = 1_000

# fmt: off
LANGUAGES = (
    "en", "eng", "English", "spa", "es", "cat", "Català", "fre", "Español", "por", "ger", "Anglès", "Français", "ita", "Deutsch", "en_US",
    "pt_BR", "Castellà", "Inglés", "nl", "pol", "Português", "rus", "jpn", "zh", "eng ; spa", "Anglais", "mul", "und", "zxx", "tur", "ar",
    "fin", "Klingon",
)
TYPES = (
    "Article", "info:eu-repo/semantics/article", "Journal Article", "Tesis doctoral", "Thesis", "Artículo", "Article ; recerca",
    "Doctoral Thesis", "Text", "Treball final de grau", "Dissertação", "Dataset", "Book chapter", "info:eu-repo/semantics/masterThesis",
    "Conference Paper", "Report", "Capítol de llibre", "Thèse", "Image", "Working Paper", "Comunicação em conferência", "Informe",
    "Preprint", "Sonstiges", "Other", "Video",
)
FIELDS = ("Botany", "Física", "Història", "Law", "Economia", "Medicine", "Lingüística")
SUBJECTS = (
    "Agricultura", "Algorithms", "Arquitectura", "Astronomy", "Biodiversitat", "Càncer", "Climate change", "Derecho penal", "Education",
    "Epidemiologia", "Filosofia", "Genètica", "Història contemporània", "Immigració", "Linguistics", "Machine learning", "Materials",
    "Music", "Oceanografía", "Política", "Psychology", "Química orgànica", "Salut pública", "Semiconductors", "Sociología", "Statistics",
    "Teatre", "Topologia", "Turismo", "Urbanisme",
)
FAMILIES = (
    "Amat", "Bosch", "Costa", "Duran", "Esteve", "Ferrer", "García", "Hernández", "Ibarra", "Jordà", "Kowalski", "López", "Martí",
    "Navarro", "Oliva", "Puig", "Quiroga", "Roca", "Silva", "Torres", "Ubeda", "Vila", "Weber", "Yilmaz", "Zapata", "Smith", "Müller",
    "Rossi", "Dubois", "Santos", "Nguyen", "Ivanova", "Jensen", "Novák", "Tanaka", "Kim", "Öztürk", "Lindqvist", "O'Brien", "van Dijk",
)
FIRST = ("Anna", "Berta", "Carles", "Dolors", "Enric", "Fatima", "Gemma", "Hugo", "Ignasi", "Joana")
SECOND = ("", " A.", " B.", " M.", " J.", " R.", " L.", " P.", " T.", " S.")
WORDS = (
    "análisis", "model", "study", "efectes", "dynamics", "history", "evolució", "method", "transport", "family", "xarxes", "politics",
    "memòria", "soil", "urban", "quantum", "regional", "social", "water", "women", "energia", "language", "archives", "risk", "growth",
    "theory", "paisatge", "structure",
)
# fmt: on
GIVEN = tuple(first + second for first, second in product(FIRST, SECOND))
JOURNALS = tuple(" ".join(words) for words in product(("Journal", "Annals", "Revista", "Arxius"), ("of", "de"), FIELDS))
ELEMENTS = ("by", "by-nc-nd", "by-nc-sa", "by-sa", "by-nc", "by-nd")
PORTS = ("", "es/", "deed.ca", "us/", "fr/")
PROSE = (
    "Aquesta obra es pot copiar i distribuir sempre que se'n citi l'autor i no se'n faci cap ús comercial. (c) {}",
    "You may share and adapt this work for any purpose, provided you give appropriate credit. {}",
    "Se permite la reproducción sin fines comerciales, citando la fuente. Copyright {}",
    "Todos los derechos reservados. {}",
    "Copyright {} The Authors. All rights reserved.",
    "info:eu-repo/semantics/openAccess",
    "Acesso aberto",
    "In Copyright",
    "Embargoed until {}-12-31",
)
LABELS = (
    ("Títol", "Autor", "Data", "Llengua", "Tipus de document", "Drets", "Enllaç permanent", "Resum", "Matèria", "Publicat a"),
    ("Título", "Autor", "Fecha", "Idioma", "Tipo de documento", "Derechos", "Enlace permanente", "Resumen", "Materia", "Publicado en"),
    ("Title", "Author", "Date", "Language", "Document type", "Rights", "Permanent link", "Abstract", "Subject", "Published in"),
    ("Titre", "Auteur", "Date", "Langue", "Type de document", "Droits", "Lien permanent", "Résumé", "Sujet", "Publié dans"),
    ("Título", "Autor", "Data", "Idioma", "Tipo de documento", "Direitos", "URI", "Resumo", "Assunto", "Publicado em"),
)
FLAT = (
    *("dc.title", "dc.contributor.author", "dc.date.issued", "dc.language.iso", "dc.type", "dc.rights", "dc.identifier.uri"),
    *("dc.description.abstract", "dc.subject", "dc.relation.ispartof"),
)


@dataclass(frozen=True, slots=True)
class Work:
    """What one record says, before it is written in a format."""

    number: int
    title: str
    creators: tuple[tuple[str, str], ...]
    issued: str
    language: str
    type: str
    rights: str
    journal: str
    subjects: tuple[str, ...]
    abstract: str

    @property
    def doi(self) -> str:
        """An identifier that no other work has."""
        return f"10.{1000 + self.number % 8999}/works.{self.number:08}"

    @property
    def names(self) -> list[str]:
        """The creators, family name first."""
        return [f"{family}, {given}" for family, given in self.creators]

    def values(self) -> tuple[Any, ...]:
        """The values in the order of the labels."""
        uri = f"https://doi.org/{self.doi}"
        return (
            self.title,
            self.names,
            self.issued,
            self.language,
            self.type,
            self.rights,
            uri,
            self.abstract,
            [*self.subjects],
            self.journal,
        )


def statements() -> list[str]:
    """Make the rights statements: addresses, names and prose, of several years."""
    found = [f"https://creativecommons.org/licenses/{e}/{v}/{p}" for v, p, e in product(("4.0", "3.0"), PORTS, ELEMENTS)]
    found += [f"CC {elements.upper()} {version}" for version, elements in product(("4.0", "3.0", "2.5"), ELEMENTS)]
    found += [prose.format(year) for year, prose in product(range(1998, 2026), PROSE)]
    return list(dict.fromkeys(found))


def works(count: int, seed: int, batch: int = BATCH) -> Iterator[list[Work]]:
    """Make works in batches; what is drawn depends on the size of a batch too."""
    chance = random.Random(seed)  # noqa: S311 - it must be the same for everybody, not unforeseeable
    rights = statements()
    chance.shuffle(rights)
    first_day = date(1965, 1, 1)

    def drawn(texts: Sequence[str], size: int) -> list[str]:
        weights = list(accumulate(1 / rank for rank in range(1, len(texts) + 1)))
        return chance.choices(texts, cum_weights=weights, k=size)

    for start in range(0, count, batch):
        size = min(batch, count - start)
        columns = zip(drawn(LANGUAGES, size), drawn(TYPES, size), drawn(rights, size), drawn(JOURNALS, size), strict=True)
        subjects, families, given = drawn(SUBJECTS, size * 3), chance.choices(FAMILIES, k=size * 3), chance.choices(GIVEN, k=size * 3)
        words, days = chance.choices(WORDS, k=size * 12), chance.choices(range(60 * 365), k=size)
        made = []
        for index, (language, kind, right, journal) in enumerate(columns):
            number, issued = start + index, first_day + timedelta(days=days[index])
            people = tuple(zip(families[index * 3 : index * 3 + 1 + number % 3], given[index * 3 :], strict=False))
            text = words[index * 12 : index * 12 + 12]
            made.append(
                Work(
                    number,
                    f"{' '.join(text[:5]).capitalize()} ({number})",
                    people,
                    str(issued.year) if number % 2 else issued.isoformat(),
                    *(language, kind, right, journal),
                    tuple(dict.fromkeys(subjects[index * 3 : index * 3 + 1 + number % 3])),
                    f"{' '.join(text).capitalize()}. {' '.join(reversed(text)).capitalize()}, {number}.",
                )
            )
        yield made


def as_flat(work: Work) -> dict[str, Any]:
    """Write a work as DSpace exports it."""
    return dict(zip(FLAT, work.values(), strict=True))


def as_labelled(work: Work) -> dict[str, Any]:
    """Write a work with the labels of a page, in one language of five."""
    return dict(zip(LABELS[work.number % len(LABELS)], work.values(), strict=True))


def as_datacite(work: Work) -> dict[str, Any]:
    """Write a work as DataCite's REST API answers it."""
    names = zip(work.names, work.creators, strict=True)
    return {
        "id": work.doi,
        "type": "dois",
        "attributes": {
            "doi": work.doi,
            "creators": [
                {"name": name, "nameType": "Personal", "familyName": family, "givenName": given} for name, (family, given) in names
            ],
            "titles": [{"title": work.title}],
            "publisher": work.journal,
            "publicationYear": int(work.issued[:4]),
            "subjects": [{"subject": subject} for subject in work.subjects],
            "dates": [{"date": work.issued, "dateType": "Issued"}],
            "language": work.language,
            "types": {"resourceType": work.type, "resourceTypeGeneral": "Text"},
            "rightsList": [{"rights": work.rights}],
            "descriptions": [{"description": work.abstract, "descriptionType": "Abstract"}],
        },
    }


def as_crossref(work: Work) -> dict[str, Any]:
    """Write a work as Crossref's REST API answers it."""
    return {
        "DOI": work.doi,
        "type": "journal-article",
        "title": [work.title],
        "author": [{"given": given, "family": family, "sequence": "first"} for family, given in work.creators],
        "container-title": [work.journal],
        "issued": {"date-parts": [[int(part) for part in work.issued.split("-")]]},
        "language": work.language,
        "license": [{"URL": work.rights, "content-version": "vor"}],
        "abstract": work.abstract,
        "subject": [*work.subjects],
        "volume": str(1 + work.number % 90),
    }


MIXTURE = (as_flat, as_labelled, as_flat, as_datacite, as_flat, as_labelled, as_flat, as_crossref)


def ndjson(batch: list[Work]) -> bytes:
    """Write works one a line, mixed; one in a thousand is broken."""
    lines = []
    for work in batch:
        line = orjson.dumps(MIXTURE[work.number % len(MIXTURE)](work))
        lines.append(line[:-2] if work.number % BROKEN == BROKEN - 1 else line)
    return b"\n".join((*lines, b""))


def table(batch: list[Work]) -> bytes:
    """Write works as DSpace's metadata export: one header, several values with bars between."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    if batch[0].number == 0:
        rows.writerow(FLAT)
    rows.writerows(["||".join(value) if isinstance(value, list) else value for value in work.values()] for work in batch)
    return out.getvalue().encode()


def ris(batch: list[Work]) -> bytes:
    """Write works as RIS."""
    lines = []
    for work in batch:
        tags = [("TY", "JOUR"), ("TI", work.title), *(("AU", name) for name in work.names), ("PY", work.issued[:4]), ("DA", work.issued)]
        tags += [("LA", work.language), ("M3", work.type), ("JF", work.journal), ("DO", work.doi), ("AB", work.abstract)]
        tags += [("KW", subject) for subject in work.subjects] + [("ER", ""), ("", "")]
        lines += [f"{tag}  - {value}" if tag else "" for tag, value in tags]
    return "\n".join((*lines, "")).encode()


def bibtex(batch: list[Work]) -> bytes:
    """Write works as BibTeX."""
    return "".join(
        f"@article{{work{work.number},\n  title = {{{work.title}}},\n"
        f"  author = {{{' and '.join(work.names)}}},\n  "
        f"year = {work.issued[:4]},\n"
        f"  journal = {{{work.journal}}},\n  doi = {{{work.doi}}},\n  language = {{{work.language}}},\n  "
        f"keywords = {{{'; '.join(work.subjects)}}}\n}}\n\n"
        for work in batch
    ).encode()


def pages(batch: list[Work]) -> bytes:
    """Write works as the text of record pages, with a line of two percent signs between."""
    lines = []
    for work in batch:
        for label, value in zip(LABELS[work.number % len(LABELS)], work.values(), strict=True):
            lines += [f"{label}: {item}" for item in (value if isinstance(value, list) else [value])]
        lines.append("%%")
    return "\n".join((*lines, "")).encode()


def oai_dc(batch: list[Work]) -> bytes:
    """Write works as the records of a harvested dump."""
    names = ("title", "creator", "date", "language", "type", "rights", "identifier", "description", "subject", "source")
    records = []
    for work in batch:
        elements = "".join(
            f"<dc:{name}>{escape(item)}</dc:{name}>"
            for name, value in zip(names, work.values(), strict=True)
            for item in (value if isinstance(value, list) else [value])
        )
        records.append(
            f"<record><header><identifier>oai:works.example:{work.number}</identifier><datestamp>2025-01-01</datestamp></header><metadata>"
            f'<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">{elements}'
            "</oai_dc:dc></metadata></record>\n"
        )
    return "".join(records).encode()


WRITERS: dict[str, Callable[[list[Work]], bytes]] = {
    "ndjson": ndjson, "csv": table, "ris": ris, "bibtex": bibtex, "text": pages, "oai_dc": oai_dc
}  # fmt: skip
AROUND = {"oai_dc": (b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n', b"</ListRecords></OAI-PMH>\n")}


def write(path: Path, records: int, seed: int, form: str = "ndjson") -> None:
    """Write a file of records, batch by batch."""
    before, after = AROUND.get(form, (b"", b""))
    with path.open("wb") as out:
        out.write(before)
        out.writelines(map(WRITERS[form], works(records, seed)))
        out.write(after)


def main() -> None:
    """Write the file that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=sorted(WRITERS), default="ndjson")
    options = parser.parse_args()
    write(options.path, options.records, options.seed, options.format)
    print(f"{options.records:,} records, {options.path.stat().st_size:,} bytes, seed {options.seed}")


if __name__ == "__main__":
    main()
