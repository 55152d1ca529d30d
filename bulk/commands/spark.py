"""``drets spark``: records in and clean records out, on a cluster."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from bulk.exits import Exit, Failure
from bulk.forms import NAMES, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame, SparkSession

_READERS = ("text", "pages", "parquet")


@dataclass(frozen=True, slots=True)
class Job:
    """What is read, how, and where it goes."""

    source: str
    reader: str
    column: str
    to: str
    target: str
    write: str
    rejects: str | None


@click.command()
@click.argument("source", metavar="INPUT")
@click.argument("target", metavar="OUTPUT")
@click.option("--master", help="Where to run, such as local[4], yarn or spark://host:7077; what Spark's own settings say when left out.")
@click.option(
    "--from", "reader", type=click.Choice(_READERS), default="text", help="How INPUT holds records: one a line, one a file, or rows."
)
@click.option("--column", help="Column of the records (--from parquet).")
@click.option("--to", type=click.Choice([name for name in NAMES if name not in ROWS]), default="ndjson", help="Form of the answers.")
@click.option(
    "--write", type=click.Choice(["text", "parquet"]), default="text", help="Answers alone, one a line; or beside the rows they belong to."
)
@click.option("--partitions", type=click.IntRange(1), help="Parts to cut the input into first; as it lies when left out.")
@click.option("--rejects", help="Folder for the reasons of records that could not be read, as JSON lines.")
@click.option("--conf", multiple=True, metavar="KEY=VALUE", help="A setting of Spark; may be given several times.")
def spark(  # noqa: PLR0913 -- click passes each option by its name
    *,
    source: str,
    target: str,
    master: str | None,
    reader: str,
    column: str | None,
    to: str,
    write: str,
    partitions: int | None,
    rejects: str | None,
    conf: tuple[str, ...],
) -> Exit:
    """Normalize the records of INPUT on a cluster, and write OUTPUT.

    Both are any address that Spark can read and write; OUTPUT is a folder, which must not be there. drets must be installed where the
    workers run. A record that cannot be read is counted, and the exit code is then 1.
    """
    if find_spec("pyspark") is None:
        raise Failure("drets spark needs one library more: pip install 'drets[spark]'")
    if (column is None) == (reader == "parquet"):
        raise click.UsageError("--column is for --from parquet, and needed there")
    job = Job(source, reader, column or "value", to, target, write, rejects)
    with _open_session(master, conf) as session:
        try:
            counts = _run(job, _read(session, job, partitions))
        except Exception as fault:
            raise Failure(f"Spark: {_in_short(fault)}") from fault
    click.echo(f"drets: {counts['answers']:,} normalized, {counts['rejects']:,} rejected", err=True)
    return Exit.FAULTY if counts["rejects"] else Exit.DONE


@contextmanager
def _open_session(master: str | None, conf: tuple[str, ...]) -> Iterator[SparkSession]:
    """Open a session; one that this process had already is used, and left as it is."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 -- an extra, and large

    if (master or "").startswith("local"):
        # The workers are on this machine, and drets is installed for this Python.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("drets")
    if master:
        builder = builder.master(master)
    for setting in conf:
        key, equals, value = setting.partition("=")
        if not equals:
            raise click.UsageError(f"--conf wants KEY=VALUE, not {setting!r}")
        builder = builder.config(key, value)
    is_ours = SparkSession.getActiveSession() is None
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        if is_ours:
            session.stop()


def _read(session: SparkSession, job: Job, partitions: int | None) -> DataFrame:
    """Read the input as bytes, so that a record that is not UTF-8 is told as such; blank lines are no records."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 -- the same

    if job.reader == "parquet":
        rows = session.read.parquet(job.source)
    else:
        # A line ends with a line feed and nothing else, as on the command line.
        options: dict[str, Any] = {"wholetext": True} if job.reader == "pages" else {"lineSep": "\n"}
        text = session.read.text(job.source, **options).where(F.regexp_like("value", F.lit(r"\S")))
        rows = text.select(F.col("value").cast("binary"))
    return rows.repartition(partitions) if partitions else rows


def _run(job: Job, rows: DataFrame) -> dict[str, int]:
    from pyspark import StorageLevel  # noqa: PLC0415 -- the same
    from pyspark.sql import Observation  # noqa: PLC0415 -- the same
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 -- the same

    from bulk.spark import normalize_records  # noqa: PLC0415 -- the same

    seen = Observation()
    answered = normalize_records(rows, job.column, format="text" if job.reader == "pages" else "json", to=job.to)
    answered = answered.observe(seen, F.count("answer").alias("answers"), F.count("reject").alias("rejects"))
    if job.rejects:
        # Kept aside, so that no record is read twice.
        answered = answered.persist(StorageLevel.DISK_ONLY)
    if job.write == "text":
        answered.where(F.col("answer").isNotNull()).select("answer").write.text(job.target)
    else:
        answered.write.parquet(job.target)
    if job.rejects:
        answered.where(F.col("reject").isNotNull()).select("reject").write.text(job.rejects)
    counts: dict[str, int] = seen.get
    return counts


def _in_short(fault: Exception) -> str:
    """Say what went wrong in one line: the last before the trace of the Java side."""
    lines = [line for line in str(fault).split("JVM stacktrace")[0].splitlines() if line.strip()]
    return lines[-1].strip() if lines else repr(fault)
