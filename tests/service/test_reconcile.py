"""Reconciliation as its specification says, with the requests that clients make: OpenRefine's, and those of the package ``reconciler``."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest

from drets.client import Client
from tests.case_files import read_cases
from tests.service import reconciliation_schemas as schemas
from tests.service.conftest import Service, Start

BY_NC_ND = "https://creativecommons.org/licenses/by-nc-nd/3.0/es/"
ARTICLE = "http://purl.org/coar/resource_type/c_6501"
OPEN = "http://purl.org/coar/access_right/c_abf2"
CLEAR = [
    ("license", "Reconeixement-NoComercial-SenseObraDerivada 3.0 Espanya", BY_NC_ND),
    ("license", "MIT License", "MIT"),
    ("language", "Anglès", "en"),
    ("resource_type", "article de revista", ARTICLE),
    ("access_right", "accés obert", OPEN),
    ("version", "Versió publicada", "http://purl.org/coar/version/c_970fb48d4fbd8a85"),
    ("rights_statement", "http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/"),
    ("peer_review", "double-blind peer review", "http://purl.org/eprint/status/PeerReviewed"),
]


def at(answer: Any, pointer: str) -> Any:
    """Give the place of an answer that a JSON pointer names."""
    for step in pointer.split("/")[1:]:
        answer = answer[int(step) if isinstance(answer, list) else step.replace("~1", "/").replace("~0", "~")]
    return answer


async def ask(service: Service, schema: schemas.Schema, path: str = "", **query: str) -> Any:
    response = await service.client.get(f"/reconcile{path}", params=query)
    assert (response.status, response.content_type) == (200, "application/json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    answer = await response.json()
    jsonschema.validate(answer, schema)
    return answer


async def match(service: Service, **queries: Any) -> Any:
    """Ask as OpenRefine does: a form with the member ``queries``."""
    response = await service.client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status == 200, await response.text()
    answer = await response.json()
    jsonschema.validate(answer, schemas.RESULTS)
    assert set(answer) == set(queries)
    return {key: value["result"] for key, value in answer.items()}


async def test_the_manifest_says_what_there_is(service: Service) -> None:
    manifest = await ask(service, schemas.MANIFEST)
    assert [kind["id"] for kind in manifest["defaultTypes"]] == [
        "language",
        "resource_type",
        "license",
        "access_right",
        "version",
        "rights_statement",
        "peer_review",
    ]
    origin = str(service.client.make_url("/reconcile"))
    assert manifest["suggest"]["entity"]["service_url"] == origin
    assert manifest["preview"]["url"].startswith(origin)


async def test_behind_a_proxy_it_names_the_address_that_others_see(start: Start) -> None:
    service = await start(public_url="https://drets.example.org/api")
    manifest = await ask(service, schemas.MANIFEST)
    assert manifest["view"]["url"] == "https://drets.example.org/api/reconcile/view?id={{id}}"


@pytest.mark.parametrize(("field", "text", "identifier"), CLEAR)
async def test_what_is_read_for_certain_is_a_match(service: Service, field: str, text: str, identifier: str) -> None:
    answers = await match(
        service, q0={"query": text, "type": field, "type_strict": "should", "limit": 3}, q1={"query": text, "type": [field]}
    )
    for candidates in answers.values():
        assert (candidates[0]["id"], candidates[0]["match"], candidates[0]["score"]) == (identifier, True, 100)
        assert candidates[0]["type"][0]["id"] == field
        assert sum(candidate["match"] for candidate in candidates) == 1


async def test_by_get_it_is_the_same(service: Service) -> None:
    queries = {"q0": {"query": "accés obert", "type": "access_right"}}
    answer = await ask(service, schemas.RESULTS, queries=json.dumps(queries))
    assert {key: value["result"] for key, value in answer.items()} == await match(service, **queries)


async def test_what_is_not_certain_is_no_match(service: Service) -> None:
    answers = await match(
        service,
        version_missing={"query": "CC BY-NC", "type": "license"},
        misspelt={"query": "artcle de revsta", "type": "resource_type"},
        two={"query": "fre ; lat", "type": "language"},
        nothing={"query": "  ", "type": "license"},
        unknown_type={"query": "CC0", "type": "colour"},
        long={"query": "x" * 2_000},
    )
    assert answers["version_missing"][0]["id"] == "CC-BY-NC"
    assert answers["misspelt"][0]["id"] == ARTICLE
    assert {candidate["id"] for candidate in answers["two"][:2]} == {"fr", "la"}
    assert (answers["nothing"], answers["unknown_type"]) == ([], [])
    assert not any(candidate["match"] for candidates in answers.values() for candidate in candidates)


async def test_without_a_type_all_are_tried(service: Service) -> None:
    answers = await match(service, license={"query": "CC BY 4.0"}, type={"query": "doctoral thesis"})
    assert answers["license"][0]["id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert answers["type"][0]["type"][0]["id"] == "resource_type"


async def test_properties_refine_a_query(service: Service) -> None:
    answers = await match(
        service,
        agrees={"query": "CC BY 4.0", "type": "license", "properties": [{"pid": "version", "v": "4.0"}]},
        contradicts={
            "query": "CC BY 4.0",
            "type": "license",
            "properties": [{"pid": "version", "v": ["3.0", {"id": "2.0", "name": "2.0"}]}],
        },
        hint={"query": "Memòria", "type": "resource_type", "properties": [{"pid": "locale", "v": "ca"}]},
    )
    assert answers["agrees"][0]["match"] is True
    assert answers["contradicts"][0]["match"] is False
    assert {"id": "version", "name": "Version of the license", "value": False} in answers["contradicts"][0]["features"]
    assert answers["hint"]


@pytest.mark.parametrize("case", [entry.parameter(entry.case, name=entry.case["name"]) for entry in read_cases("reconciliation")])
async def test_what_clients_ask_is_answered_by_the_schemas(service: Service, case: dict[str, Any]) -> None:
    """Requests in the shapes of the specification's examples, and of OpenRefine."""
    address = f"/reconcile{case.get('path', '')}"
    given = {name: value if isinstance(value, str) else json.dumps(value) for name, value in (case.get("form") or case["get"]).items()}
    asked = service.client.post(address, data=given) if "form" in case else service.client.get(address, params=given)
    response = await asked
    answer = await response.json()
    assert response.status == 200, answer
    jsonschema.validate(answer, getattr(schemas, case["schema"]))
    expect = case.get("expect", {})
    assert {pointer: at(answer, pointer) for pointer in expect} == expect


async def test_a_limit_is_kept(service: Service) -> None:
    answers = await match(service, q0={"query": "licence", "type": "license", "limit": 2}, q1={"query": "artigo", "limit": 7})
    assert (len(answers["q0"]) <= 2, len(answers["q1"]) <= 7) == (True, True)


@pytest.mark.parametrize(("kind", "prefix", "first"), [("entity", "catal", "ca"), ("type", "lic", "license"), ("property", "spd", "spdx")])
async def test_names_are_completed(service: Service, kind: str, prefix: str, first: str) -> None:
    found = (await ask(service, schemas.SUGGESTIONS, f"/suggest/{kind}", prefix=prefix))["result"]
    assert found[0]["id"] == first


async def test_what_openrefine_adds_to_its_questions_is_not_looked_at(service: Service) -> None:
    """As OpenRefine 3.6 asks while somebody types, recorded from it."""
    added = {"spell": "always", "exact": "false", "scoring": "schema", "prefixed": "true", "type": "resource_type", "_": "1795765957831"}
    found = await ask(service, schemas.SUGGESTIONS, "/suggest/property", prefix="loc", **added)
    assert found["result"][0] == {"id": "locale", "name": "Language of the text"}
    assert (await ask(service, schemas.FLYOUT, "/flyout/property", id="locale"))["html"] == "<p>Language of the text</p>"


async def test_a_licence_is_called_by_its_own_name_in_every_language(service: Service) -> None:
    query = {"ids": ["CC-BY-NC", "ca"], "properties": [{"id": "label", "settings": {"locale": "ca"}}]}
    found = await ask(service, schemas.EXTENSION, extend=json.dumps(query))
    assert [row["label"] for row in found["rows"].values()] == [[{"str": "CC BY-NC"}], [{"str": "català"}]]


async def test_completion_has_pages_and_types(service: Service) -> None:
    one = await ask(service, schemas.SUGGESTIONS, "/suggest/entity", prefix="a", type="language")
    two = await ask(service, schemas.SUGGESTIONS, "/suggest/entity", prefix="a", type="language", cursor="10")
    ids = [item["id"] for page in (one, two) for item in page["result"]]
    assert len(set(ids)) == 20
    assert {item["notable"][0]["id"] for item in one["result"]} == {"language"}


async def test_facts_extend_a_table(service: Service) -> None:
    query: dict[str, list[Any]] = {
        "ids": [BY_NC_ND, ARTICLE, "ca", "MIT", "https://creativecommons.org/licenses/by/4.0/", "nowhere/at/all"],
        "properties": [
            *({"id": name} for name in ("spdx", "version", "jurisdiction", "broader", "datacite", "colour")),
            {"id": "label", "settings": {"locale": "ca"}},
        ],
    }
    answer = await ask(service, schemas.EXTENSION, extend=json.dumps(query))
    posted = await service.client.post("/reconcile", data={"extend": json.dumps(query)})
    assert await posted.json() == answer
    rows = answer["rows"]
    assert (rows[BY_NC_ND]["version"], rows[BY_NC_ND]["jurisdiction"], rows[BY_NC_ND]["spdx"]) == ([{"str": "3.0"}], [{"str": "es"}], [])
    assert rows["https://creativecommons.org/licenses/by/4.0/"]["spdx"] == [{"str": "CC-BY-4.0"}]
    assert rows[ARTICLE]["datacite"] == [{"str": "JournalArticle"}]
    assert rows[ARTICLE]["label"] == [{"str": "article de revista"}]
    assert rows[ARTICLE]["broader"][0]["name"] == "journal"
    assert rows["ca"]["label"] == [{"str": "català"}]
    assert not any(rows["nowhere/at/all"].values())
    assert [about["id"] for about in answer["meta"]] == [item["id"] for item in query["properties"]]
    (broader,) = (about for about in answer["meta"] if about["id"] == "broader")
    assert broader["type"]["id"] == "resource_type"


async def test_properties_are_proposed(service: Service) -> None:
    all_of_them = await ask(service, schemas.PROPOSED, "/properties", type="license")
    assert {"label", "spdx", "version", "jurisdiction", "family"} == {item["id"] for item in all_of_them["properties"]}
    assert len((await ask(service, schemas.PROPOSED, "/properties", type="license", limit="2"))["properties"]) == 2


@pytest.mark.parametrize(("kind", "identifier"), [("entity", ARTICLE), ("type", "license"), ("property", "spdx")])
async def test_flyouts_tell_a_little(service: Service, kind: str, identifier: str) -> None:
    assert (await ask(service, schemas.FLYOUT, f"/flyout/{kind}", id=identifier))["id"] == identifier
    await service.problem(await service.client.get(f"/reconcile/flyout/{kind}", params={"id": "nowhere/at/all"}), 404)


@pytest.mark.parametrize("name", ["preview", "view"])
async def test_a_preview_may_be_framed_and_runs_nothing(service: Service, name: str) -> None:
    response = await service.client.get(f"/reconcile/{name}", params={"id": ARTICLE})
    page = await response.text()
    assert (response.status, response.content_type) == (200, "text/html")
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "journal article" in page
    assert "article de revista" in page
    assert "<script" not in page
    assert (await service.client.get("/reconcile/preview.css")).content_type == "text/css"
    evil = await service.client.get(f"/reconcile/{name}", params={"id": "<script>alert(1)</script>"})
    assert "<script" not in await evil.text()


async def test_jsonp_calls_back(service: Service) -> None:
    response = await service.client.get("/reconcile", params={"callback": "jQuery1._x", "queries": '{"q0": {"query": "CC0"}}'})
    assert (response.status, response.content_type) == (200, "text/javascript")
    found = re.fullmatch(r"/\*\*/jQuery1\._x\((.*)\);", await response.text(), re.DOTALL)
    assert found is not None
    jsonschema.validate(json.loads(found[1]), schemas.RESULTS)


@pytest.mark.parametrize("callback", ["alert(1)", "a b", "", "<script>", "x" * 200])
async def test_jsonp_calls_only_names(service: Service, callback: str) -> None:
    await service.problem(await service.client.get("/reconcile", params={"callback": callback}), 422)


async def test_a_browser_may_ask_from_any_page(service: Service) -> None:
    headers = {"Origin": "https://openrefine.example", "Access-Control-Request-Method": "POST"}
    for path in ("/reconcile", "/reconcile/suggest/entity"):
        response = await service.client.options(path, headers=headers)
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (204, "*")
        assert "Access-Control-Allow-Credentials" not in response.headers
    refused = await service.client.get("/reconcile", params={"queries": "no json"}, headers=headers)
    assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (400, "*")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"queries": "["}, 400),
        ({"queries": "[]"}, 422),
        ({"queries": '{"q0": "CC0"}'}, 422),
        ({"queries": '{"q0": {"query": 1}}'}, 422),
        ({"queries": '{"q0": {"query": "x", "limit": 0}}'}, 422),
        ({"queries": '{"q0": {"query": "x", "limit": 1e9}}'}, 422),
        ({"queries": '{"q0": {"query": "x", "colour": 1}}'}, 422),
        ({"queries": json.dumps({"q0": {"query": "x" * 60_000}})}, 422),
        ({"extend": '{"ids": "x", "properties": []}'}, 422),
        ({"extend": json.dumps({"ids": ["x"] * 1_001, "properties": []})}, 422),
        ({"colour": "blue"}, 422),
    ],
)
async def test_what_is_no_query_is_refused(service: Service, form: dict[str, str], status: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    await service.problem(await service.client.post("/reconcile", data=urlencode(form).encode(), headers=headers), status)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of pandas, about how that client uses it
def test_the_client_of_another_project_is_content(live: str) -> None:
    pandas = pytest.importorskip("pandas")
    reconciler = pytest.importorskip("reconciler")
    column = pandas.Series(
        [text for field, text, _ in CLEAR if field == "license"] + ["CC BY-NC"]
    )  # with the numpy of today it cannot read an empty answer
    table = reconciler.reconcile(column, type_id="license", reconciliation_endpoint=f"{live}/reconcile")
    found = dict(zip(table["input_value"], table["id"], strict=True))
    assert found["MIT License"] == "MIT"
    assert found[column[0]] == BY_NC_ND


def test_our_own_client_reconciles(live: str) -> None:
    with Client(live) as client:
        answer = client.reconcile({"q0": {"query": "accés obert", "type": "access_right"}})
    assert answer["q0"]["result"][0]["id"] == OPEN
