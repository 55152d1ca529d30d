"""`drets values`: every line answered, in order, whatever it is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bulk.exits import Exit
from bulk.lines import Line
from bulk.value_lines import ValueAnswers
from normalizers import Registry, as_json

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets

GOOD = {"id": "a", "field": "license", "text": "CC BY 4.0"}


def line(**members: object) -> str:
    return json.dumps(GOOD | members)


def answers(output: str) -> list[dict[str, Any]]:
    return [json.loads(answer) for answer in output.splitlines()]


def test_a_line_is_answered_as_the_library_answers(drets: Drets, registry: Registry) -> None:
    run = drets("values", given=line() + "\n" + line(id=7, text="all rights reserved", locale="en"))
    assert run.exit_code == Exit.DONE
    assert run.stderr == ""
    assert answers(run.stdout) == [
        {"id": "a", **as_json(registry.normalize("license", "CC BY 4.0"))},
        {"id": 7, **as_json(registry.normalize("license", "all rights reserved", locale="en"))},
    ]


def test_an_input_is_not_written_over(drets: Drets, tmp_path: Path) -> None:
    asked = tmp_path / "asked.ndjson"
    asked.write_text('{"field": "license", "text": "CC0"}\n', encoding="utf-8")
    run = drets("values", asked, "-o", asked)
    assert (run.exit_code, asked.read_text(encoding="utf-8")) == (Exit.USAGE, '{"field": "license", "text": "CC0"}\n')


def test_results_come_in_the_order_of_the_lines(drets: Drets) -> None:
    run = drets("values", given="\n".join(line(id=number, text=f"CC BY {number % 5}.0") for number in range(2000)))
    assert [answer["id"] for answer in answers(run.stdout)] == list(range(2000))


@pytest.mark.parametrize("identity", [None, "", 0, 1.5, True, ["a"], {"a": None}, 10**30, -(10**30)])
def test_an_id_comes_back_as_it_was(drets: Drets, identity: object) -> None:
    assert answers(drets("values", given=line(id=identity)).stdout)[0]["id"] == identity


def test_an_id_may_be_left_out(drets: Drets) -> None:
    run = drets("values", given='{"field": "license", "text": "CC BY 4.0"}')
    assert (run.exit_code, answers(run.stdout)[0]["id"]) == (Exit.DONE, None)


@pytest.mark.parametrize(
    ("faulty", "identity", "title", "pointer"),
    [
        ("{", None, "Malformed line", None),
        ("[]", None, "Not a request", None),
        ("null", None, "Not a request", None),
        ('{"id": "a", "field": "license"}', "a", "Missing member", "/text"),
        ('{"id": "a", "text": "x"}', "a", "Missing member", "/field"),
        (line(text=None), "a", "Wrong type", "/text"),
        (line(text=["CC BY"]), "a", "Wrong type", "/text"),
        (line(field=1), "a", "Wrong type", "/field"),
        (line(field="licence"), "a", "Unknown field", "/field"),
        (line(locale=1), "a", "Wrong type", "/locale"),
    ],
)
def test_a_faulty_line_is_answered_in_its_place(drets: Drets, faulty: str, identity: object, title: str, pointer: str | None) -> None:
    run = drets("values", given=f"{line()}\n\n{faulty}\n{line()}\n")
    first, fault, last = answers(run.stdout)
    assert first == last
    assert first["status"] == "matched"
    assert (fault["id"], fault["line"], fault["error"]["title"], fault["error"].get("pointer")) == (identity, 3, title, pointer)
    assert fault["error"]["detail"]
    assert run.exit_code == Exit.FAULTY
    assert run.stderr == "drets: 1 faulty line: see its answer\n"


def test_a_line_that_is_not_utf_8_is_answered_in_its_place(drets: Drets) -> None:
    run = drets("values", given=b'{"id": "caf\xe9"}\n' + line().encode())
    fault, good = answers(run.stdout)
    assert fault["error"] == {"title": "Malformed line", "detail": "not UTF-8: byte 12 is 0xe9"}
    assert good["status"] == "matched"


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud83d", "a\u2028b\x85c", "\u202eCC BY", "may be shared " * 5_000, "(" * 10_000, "\U0001f600"]
)
def test_no_text_is_too_odd_for_an_answer(drets: Drets, text: str) -> None:
    run = drets("values", given=line(text=text))
    (answer,) = answers(run.stdout)
    assert answer["text"] == text.replace("\ud83d", "\ufffd")
    assert answer["status"] in {"matched", "ambiguous", "none", "unmatched"}
    assert run.exit_code == Exit.DONE


def test_a_fault_of_ours_costs_no_answer(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    class Failing(Registry):
        fields = ("license",)

        def __init__(self) -> None:
            """Have no readers at all, so that every reading fails."""

    answered = ValueAnswers(Failing()).answer([Line(1, line().encode(), 0)])
    (answer,) = answers(answered.block.decode())
    assert answer["status"] == "unmatched"
    assert [issue["code"] for issue in answer["issues"]] == ["internal_error"]
    assert answer.keys() <= as_json(registry.normalize("license", "CC BY 4.0")).keys() | {"id"}
    assert "please report it" in capsys.readouterr().err


def test_files_in_and_out_may_be_compressed(drets: Drets, tmp_path: Path) -> None:
    (tmp_path / "in.gz").write_bytes(gzip.compress(line().encode()))
    run = drets("values", tmp_path / "in.gz", "-o", tmp_path / "out.gz")
    assert (run.exit_code, run.stdout) == (Exit.DONE, "")
    assert answers(gzip.decompress((tmp_path / "out.gz").read_bytes()).decode())[0]["status"] == "matched"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.gz", "out.gz"]


def test_damage_is_answered_behind_what_could_be_read(drets: Drets, tmp_path: Path) -> None:
    (tmp_path / "in.gz").write_bytes(gzip.compress("\n".join(line(id=number) for number in range(20_000)).encode())[:-50])
    run = drets("values", tmp_path / "in.gz")
    *found, damage = answers(run.stdout)
    assert [answer["id"] for answer in found] == list(range(len(found)))
    assert (damage["id"], damage["line"], damage["error"]["title"]) == (None, len(found) + 1, "Damaged input")
    assert run.exit_code == Exit.FAULTY
