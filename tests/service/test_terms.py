"""Terms are counted without being kept whole, decided on, and answered as decided in every process."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from normalizers import OVERRIDABLE, Registry, term_key
from service.commands import terms as terms_command
from service.state import STORE, TERMS
from service.terms.counting import key_of, tidy
from service.terms.decisions import check_identifier
from service.terms.suggesting import suggest
from tests.processes import only
from tests.service.conftest import Service, Start

FAST = {"news_seconds": 0.05, "terms_seconds": 0.05}
ARTICLE = "http://purl.org/coar/resource_type/c_6501"


def address(field: str, text: str) -> str:
    return f"/v1/terms/{field}/{key_of(term_key(text))}"


async def ask(service: Service, field: str, text: str, **headers: str) -> dict[str, Any]:
    body = {"values": [{"id": "rec-1", "field": field, "text": text}]}
    answer = await (await service.client.post("/v1/values", json=body, headers=headers)).json()
    result: dict[str, Any] = answer["values"][0]
    return result


async def get(service: Service, path: str, status: int = 200) -> Any:
    response = await service.client.get(path)
    content = await response.json(content_type=None)
    assert response.status == status, (content, [line for line in service.log() if line["event"] == "failed"])
    return content


async def put(service: Service, path: str, status: int = 200, **body: Any) -> Any:
    response = await service.client.put(path, json={"author": "Mar", **body})
    content = await response.json(content_type=None)
    assert response.status == status, (content, [line for line in service.log() if line["event"] == "failed"])
    return content


async def counted(service: Service) -> None:
    await service.app[TERMS].flush()


async def answered(service: Service, field: str, text: str, identifiers: list[str], within: float = 2.0) -> dict[str, Any]:
    """Ask until the answer is as expected, which it must be within two seconds."""
    result: dict[str, Any] = {}
    for _ in range(int(within / 0.05)):
        result = await ask(service, field, text)
        if result["identifiers"] == identifiers:
            return result
        await asyncio.sleep(0.05)
    raise AssertionError(result)


async def test_what_stays_unresolved_is_counted_by_what_it_folds_to(start: Start) -> None:
    service = await start(**FAST)
    for text in ("Qwertz Paper", "qwertz-paper", "QWERTZ paper"):
        await ask(service, "resource_type", text)
    await ask(service, "language", "Català")
    record = {"dc:type": "qwertz paper", "dc:title": "private words", "dc:identifier": "10.5555/12345678", "dc:language": "zxzx"}
    await service.client.post("/v1/normalize", json=record, headers={"X-Source": "repo.example"})
    await counted(service)
    terms = (await get(service, "/v1/terms?suggest=true"))["terms"]
    assert [(term["field"], term["folded"], term["count"]) for term in terms] == [
        ("resource_type", "qwertz paper", 4),
        ("language", "zxzx", 1),
    ]
    assert terms[0]["sources"] == {"values": 3, "repo.example": 1}
    assert terms[0]["example"] == "rec-1"
    assert terms[1]["example"] == "https://doi.org/10.5555/12345678"
    assert "private words" not in json.dumps(terms)


async def test_suggestions_are_near_in_spelling_or_of_other_fields(service: Service) -> None:
    for field, text in (("resource_type", "jurnal artcle"), ("resource_type", "Català")):
        await ask(service, field, text)
    await counted(service)
    near = await get(service, address("resource_type", "jurnal artcle"))
    assert near["suggestions"][0] | {"score": 0} == {"identifier": ARTICLE, "label": "journal article", "score": 0, "from": "name"}
    misplaced = await get(service, address("resource_type", "Català"))
    assert {"field": "language", "status": "matched", "identifiers": ["ca"]} in misplaced["hints"]


async def test_terms_are_listed_in_pages_and_by_filters(start: Start) -> None:
    service = await start(**FAST)
    for number in range(7):
        for _ in range(number + 1):
            await ask(service, "language", f"qqzz {number}")
    await ask(service, "resource_type", "zzqq %_' OR 1=1 --")
    await counted(service)
    seen: list[int] = []
    path: str | None = "/v1/terms?field=language&limit=3"
    while path is not None:
        page = await get(service, path)
        seen += [term["count"] for term in page["terms"]]
        path = page["next"]
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    for query, count in {"q=qqzz": 7, "q=QQZZ 3": 1, "q=%25": 8, "q=' OR 1=1": 1, "source=values": 8, "source=nowhere": 0}.items():
        name, _, value = query.partition("=")
        found = await get(service, f"/v1/terms?limit=50&{name}={value if value == '%25' else quote(value)}")
        assert len(found["terms"]) == count, query
    for broken in ("cursor='--", "limit=0", "field=title", "state=x", "limit=x", "source=x' OR '1'='1"):
        assert (await service.client.get(f"/v1/terms?{broken}")).status == 422


async def test_a_decision_is_answered_everywhere_within_two_seconds(start: Start) -> None:
    one, other = await start(**FAST), await start(**FAST)
    await ask(one, "resource_type", "qwertz paper")
    await counted(one)
    decided = await put(one, address("resource_type", "qwertz paper"), decision="identifier", identifier=ARTICLE, note="seen")
    assert decided["decision"] | {"decided": ""} == {
        "decision": "identifier",
        "identifier": ARTICLE,
        "author": "Mar",
        "note": "seen",
        "decided": "",
    }
    for service in (one, other):
        result = await answered(service, "resource_type", "Qwertz-Paper", [ARTICLE])
        assert (result["status"], result["method"]) == ("matched", "override")
    assert (await get(one, "/v1/terms"))["terms"] == []
    assert len((await get(one, "/v1/terms?state=decided"))["terms"]) == 1
    response = await other.client.delete(address("resource_type", "qwertz paper") + "?author=Pau&note=wrong")
    assert response.status == 204
    for service in (one, other):
        await answered(service, "resource_type", "qwertz paper", [])
    entries = (await get(one, "/v1/terms/audit"))["entries"]
    assert [(entry["action"], entry["author"], entry["note"]) for entry in entries] == [
        ("withdraw", "Pau", "wrong"),
        ("decide", "Mar", "seen"),
    ]
    assert (await other.client.delete(address("resource_type", "qwertz paper") + "?author=Pau")).status == 404


async def test_decisions_outlast_a_restart(start: Start) -> None:
    first = await start(**FAST)
    await put(first, address("language", "qwertz"), text="Qwertz", decision="identifier", identifier="ca")
    await first.client.close()
    second = await start(**FAST)
    await answered(second, "language", "qwertz", ["ca"])


SPELT = (
    "jurnal artcle",
    "CC by nc sampling",
    "artistic licence of sorts",
    "gfdl",
    "Even",
    "Angal",
    "opn acess",
    "NC-SA",
    "published versoin",
)


@pytest.mark.parametrize("text", SPELT)
async def test_what_is_suggested_can_be_decided(registry: Registry, text: str) -> None:
    for field in OVERRIDABLE:
        suggested = [suggestion["identifier"] for suggestion in suggest(registry, field, text)]
        assert [identifier for identifier in suggested if check_identifier(registry, field, identifier)] == []


async def test_a_language_whose_code_is_the_name_of_another_can_be_decided(start: Start) -> None:
    service = await start(**FAST)
    assert (await ask(service, "language", "eve"))["status"] == "ambiguous"
    await put(service, address("language", "qwertz"), text="qwertz", decision="identifier", identifier="eve")
    result = await answered(service, "language", "qwertz", ["eve"])
    assert (result["status"], result["method"], result["candidates"]) == ("matched", "override", [])


async def test_none_and_ignore(start: Start) -> None:
    service = await start(**FAST)
    for text in ("qwertz", "qwerty"):
        await ask(service, "license", text)
    await counted(service)
    await put(service, address("license", "qwertz"), decision="none")
    await put(service, address("license", "qwerty"), decision="ignore")
    result: dict[str, Any] = {}
    for _ in range(40):
        result = await ask(service, "rights", "qwertz")
        if result["status"] == "none":
            break
        await asyncio.sleep(0.05)
    assert (result["status"], result["method"]) == ("none", "override")
    assert (await ask(service, "license", "qwerty"))["status"] == "unmatched"
    assert [term["folded"] for term in (await get(service, "/v1/terms?state=ignored"))["terms"]] == ["qwerty"]
    assert (await get(service, "/v1/terms"))["terms"] == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"decision": "identifier", "identifier": "http://purl.org/coar/resource_type/c_0000"}, "/identifier"),
        ({"decision": "identifier", "identifier": "journal article"}, "/identifier"),
        ({"decision": "identifier"}, "/identifier"),
        ({"decision": "none", "identifier": ARTICLE}, "/identifier"),
        ({"decision": "maybe"}, "/decision"),
        ({"decision": "none", "author": ""}, "/author"),
        ({"decision": "none", "colour": "blue"}, "/colour"),
    ],
)
async def test_what_cannot_be_decided_is_refused(start: Start, body: dict[str, Any], pointer: str) -> None:
    service = await start(**FAST)
    await ask(service, "resource_type", "qwertz paper")
    await counted(service)
    problem = await put(service, address("resource_type", "qwertz paper"), 422, **body)
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]
    assert (await get(service, "/v1/terms/audit"))["entries"] == []


async def test_a_text_must_be_the_term_of_its_address(service: Service) -> None:
    problem = await put(service, address("language", "qwertz"), 409, text="another term", decision="none")
    assert problem["detail"].endswith(key_of("another term") + ".")
    await put(service, address("language", "qwertz"), 404, decision="none")


NO_TERM = (
    "language/' OR 1=1",
    "title/" + "0" * 32,
    "language/" + "0" * 32,
    "language/..%2f..",
    "language/%00",
    "language/" + "0" * 32 + "%0A",
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_what_is_no_term_is_not_found(start: Start, kind: str, request: pytest.FixtureRequest) -> None:
    service = await start(store=request.getfixturevalue("postgres") if kind == "postgresql" else None)
    for path in NO_TERM:
        for suffix in ("", "/impact?decision=none"):
            assert (await service.client.get(f"/v1/terms/{path}{suffix}")).status == 404, path
        assert (await service.client.delete(f"/v1/terms/{path}?author=x")).status == 404
        assert (await service.client.put(f"/v1/terms/{path}", json={"decision": "none", "author": "x"})).status == 404


async def test_the_impact_of_a_decision_is_told_before_it_is_made(start: Start) -> None:
    service = await start(**FAST)
    for _ in range(5):
        await ask(service, "language", "qwertz")
    await counted(service)
    path = address("language", "qwertz") + "/impact"
    impact = await get(service, f"{path}?decision=identifier&identifier=ca")
    assert impact == {
        "before": {"status": "unmatched", "identifiers": []},
        "after": {"status": "matched", "identifiers": ["ca"]},
        "days": 30,
        "met": 5,
        "changed": 5,
    }
    assert (await get(service, f"{path}?decision=ignore"))["changed"] == 0
    await get(service, f"{path}?decision=identifier&identifier=Catalan", 422)
    assert (await ask(service, "language", "qwertz"))["status"] == "unmatched"


async def test_decisions_go_out_and_come_in_as_csv(start: Start) -> None:
    service = await start(**FAST)
    sheet = 'field,text,decision,identifier,author,note\nlanguage,"=qwertz, ""x""",identifier,ca,Mar,\'=1+1\nlicense,qwerty,none,,Pau,\n'
    response = await service.client.post("/v1/terms/decisions", data=sheet.encode(), headers={"Content-Type": "text/csv"})
    assert await response.json() == {"decisions": 2}
    await answered(service, "language", '=qwertz, "x"', ["ca"])
    out = await (await service.client.get("/v1/terms/decisions")).text()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["text"], row["note"]) for row in rows] == [('\'=qwertz, "x"', "'=1+1"), ("qwerty", "")]
    again = await service.client.post("/v1/terms/decisions", data=out.encode(), headers={"Content-Type": "text/csv"})
    assert await again.json() == {"decisions": 2}
    assert await (await service.client.get("/v1/terms/decisions")).text() == out


async def test_what_was_decided_on_and_never_met_is_listed_behind_the_rest(start: Start) -> None:
    service = await start(**FAST)
    await ask(service, "language", "qqzz")
    await counted(service)
    sheet = "field,text,decision,identifier\nlanguage,qwertz,identifier,ca\nlicense,qwerty,ignore,\n"
    await service.client.post("/v1/terms/decisions", data=sheet.encode(), headers={"Content-Type": "text/csv"})
    listed: list[tuple[str, int, str | None]] = []
    path: str | None = "/v1/terms?state=all&limit=1"
    while path is not None:
        page = await get(service, path)
        listed += [(term["text"], term["count"], term["decision"] and term["decision"]["decision"]) for term in page["terms"]]
        path = page["next"]
    assert listed == [("qqzz", 1, None), ("qwerty", 0, "ignore"), ("qwertz", 0, "identifier")]
    for query, texts in {
        "state=open": ["qqzz"],
        "state=decided": ["qwerty", "qwertz"],
        "state=ignored": ["qwerty"],
        "state=decided&field=language": ["qwertz"],
        "state=decided&q=ert": ["qwerty", "qwertz"],
        "state=all&source=values": ["qqzz"],
    }.items():
        assert [term["text"] for term in (await get(service, f"/v1/terms?{query}"))["terms"]] == texts, query
    shown = await get(service, address("language", "qwertz"))
    assert (shown["first_seen"], shown["example"], shown["sources"]) == (None, None, {})


async def test_one_faulty_row_refuses_a_sheet(start: Start) -> None:
    service = await start(**FAST)
    rows = [
        "field,text,decision,identifier",
        "language,qwertz,identifier,ca",
        "language,qwerty,identifier,klingonese",
        "title,x,none,",
        ",,,",
    ]
    response = await service.client.post("/v1/terms/decisions", data="\n".join(rows).encode(), headers={"Content-Type": "text/csv"})
    pointers = [fault["pointer"] for fault in (await response.json(content_type=None))["errors"]]
    assert (response.status, pointers) == (422, ["/3/identifier", "/4/field", "/5/field", "/5/text", "/5/decision"])
    assert (await (await service.client.get("/v1/terms/decisions")).text()).count("\n") == 1


@pytest.mark.parametrize("tag", ["../ca", "!!", "CA", "catalan"])
def test_decisions_are_exported_for_a_language_that_there_is(tmp_path: Path, tag: str) -> None:
    ran = CliRunner().invoke(terms_command, ["export", "--locale", tag], env=only(DRETS_STATE=str(tmp_path)))
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "is no BCP 47 tag" in ran.stderr


def test_decisions_are_exported_for_a_locale_that_there_is(tmp_path: Path) -> None:
    ran = CliRunner().invoke(terms_command, ["export", "--locale", "tlh"], env=only(DRETS_STATE=str(tmp_path)))
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "drets locales new tlh" in ran.stderr


async def test_memory_and_store_are_bounded(start: Start) -> None:
    service = await start(terms_pending=5, terms_seconds=3600.0)
    for number in range(12):
        await ask(service, "language", f"qqzz {number}")
    assert service.app[TERMS].dropped == 7
    await counted(service)
    await ask(service, "language", "qqzz 0")
    await counted(service)
    await tidy(service.app[STORE], 2)
    assert [term["count"] for term in (await get(service, "/v1/terms"))["terms"]] == [2, 1]


async def test_terms_of_two_services_on_postgresql_add_up(start: Start, postgres: str) -> None:
    one, other = await start(store=postgres, **FAST), await start(store=postgres, **FAST)
    for _ in range(3):
        await asyncio.gather(*(ask(service, "language", f"qqzz {number}") for service in (one, other) for number in range(5)))
        await asyncio.gather(counted(one), counted(other))
    assert {term["count"] for term in (await get(one, "/v1/terms"))["terms"]} == {6}
    await put(other, address("language", "qqzz 1"), decision="identifier", identifier="ca")
    await answered(one, "language", "qqzz 1", ["ca"])
