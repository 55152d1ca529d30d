"""JSON-LD and links to licences in web pages: which thing is the work, what both tell merged, and nothing dropped without a word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from normalizers import Registry
from normalizers.errors import RecordSyntaxError

BY = "https://creativecommons.org/licenses/by/4.0/"
BY_NC = "https://creativecommons.org/licenses/by-nc/4.0/"
SITE = {"@type": "WebSite", "@id": "#site", "name": "Repositori", "url": "https://repositori.example/"}
WORK = {
    "@type": "ScholarlyArticle",
    "@id": "https://doi.org/10.5281/zenodo.1234567",
    "name": "El so de les fires",
    "author": [
        {
            "@type": "Person",
            "name": "Miquel Tarrés Bru",
            "@id": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": "Universitat de Lleida",
        },
        {"@type": "Person", "givenName": "Anna", "familyName": "Puig"},
    ],
    "datePublished": "2019-05-03",
    "keywords": ["fires", "so"],
    "inLanguage": "ca",
    "license": BY,
    "isPartOf": {"@id": "#site"},
}
TAGS = """<meta name="citation_title" content="El so de les fires">
<meta name="citation_author" content="Tarrés Bru, Miquel"><meta name="citation_author" content="Puig, A.">
<meta name="citation_publication_date" content="2019/05/03"><meta name="DC.subject" content="So">"""


def page(*documents: Any, head: str = "", body: str = "") -> str:
    scripts = "".join(f'<script type="application/ld+json">\n{json.dumps(document)}\n</script>' for document in documents)
    return f"<!DOCTYPE html><html><head><title>T</title>{head}</head><body>{scripts}{body}</body></html>"


def graph(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def alone(node: dict[str, Any]) -> dict[str, Any]:
    return {"@context": "http://schema.org/", **node}


def read(registry: Registry, source: str) -> dict[str, Any]:
    return registry.normalize_record(source, format="html")


def left(answer: dict[str, Any]) -> list[str]:
    return [item["text"] for item in answer["unparsed"]]


@pytest.mark.parametrize(
    "source",
    [
        page(alone(WORK)),
        page([alone(SITE), alone(WORK)]),
        page(alone(SITE), alone(WORK)),
        page(graph(SITE, WORK, {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "Inici"}]})),
        page(alone({"@type": "WebPage", "name": "Inici", "mainEntity": WORK})),
        page(
            {
                "@context": {"schema": "http://schema.org/"},
                **{k if k[0] == "@" else f"schema:{k}": v for k, v in WORK.items()},
                "@type": ["schema:Article"],
            }
        ),
    ],
    ids=["one object", "list", "two scripts", "graph", "main entity", "prefixes"],
)
def test_the_work_is_found_among_what_a_page_describes(registry: Registry, source: str) -> None:
    metadata = read(registry, source)["metadata"]
    assert (metadata["title"], metadata["languages"], metadata["dates"]) == ("El so de les fires", ["ca"], {"issued": "2019-05-03"})
    assert [creator["name"] for creator in metadata["creators"]] == ["Miquel Tarrés Bru", "Puig, Anna"]
    assert metadata["creators"][0]["orcid"] == "https://orcid.org/0000-0002-1825-0097"
    assert metadata["rights"]["license"]["uri"] == BY


def test_what_tags_and_json_ld_both_say_is_said_once(registry: Registry) -> None:
    answer = read(registry, page(graph(SITE, WORK), head=TAGS))
    metadata = answer["metadata"]
    assert (metadata["title"], metadata.get("other_titles")) == ("El so de les fires", None)
    assert [(creator["name"], creator.get("orcid", "")[-4:], creator.get("affiliations")) for creator in metadata["creators"]] == [
        ("Tarrés Bru, Miquel", "0097", ["Universitat de Lleida"]),
        ("Puig, A.", "", None),
    ]
    assert metadata["dates"] == {"issued": "2019-05-03"}
    assert [subject["text"] for subject in metadata["subjects"]] == ["So", "fires"]
    assert [issue for issue in answer["issues"] if issue["code"] == "contradiction"] == []
    places = [decision["source"] for decision in answer["decisions"] if decision["text"] == BY]
    assert places == [{"pointer": "/license", "line": 3, "name": "license", "rule": "schema_org:license"}]


def test_what_they_say_otherwise_is_seen(registry: Registry) -> None:
    head = TAGS + f'<meta name="DC.rights" content="{BY_NC}">'
    answer = read(registry, page(alone({**WORK, "datePublished": "2021", "author": [{"name": "Joan Roca"}]}), head=head))
    assert answer["metadata"]["rights"].get("license") is None
    assert answer["metadata"]["rights"]["issues"] == ["contradiction"]
    assert [creator["name"] for creator in answer["metadata"]["creators"]] == ["Tarrés Bru, Miquel", "Puig, A.", "Joan Roca"]
    assert [issue["pointer"] for issue in answer["issues"] if "2021" in issue["detail"]] == ["/metadata/dates/issued"]


def test_what_a_page_says_of_other_things_is_listed(registry: Registry) -> None:
    other = {"@type": "Dataset", "name": "Unes altres dades", "license": "https://creativecommons.org/publicdomain/zero/1.0/"}
    answer = read(registry, page(alone(SITE), alone(other), alone(WORK), "<broken", head=TAGS))
    assert answer["metadata"]["title"] == "El so de les fires"
    assert answer["metadata"]["rights"]["license"]["uri"] == BY
    assert {"Repositori", "https://repositori.example/", "Unes altres dades", "https://creativecommons.org/publicdomain/zero/1.0/"} <= set(
        left(answer)
    )
    assert '"<broken"' in left(answer)


@pytest.mark.parametrize(
    "link",
    [
        f'<link rel="license" href="{BY}">',
        f'<p>Llicència: <a href="{BY}" rel="license noopener">CC</a></p>',
        f'<div itemscope itemtype="https://schema.org/Book"><link itemprop="license" href="{BY}"></div>',
        f'<div prefix="dct: http://purl.org/dc/terms/"><a property="dct:license" href="{BY}">CC</a></div>',
        f'<span rel="cc:license" resource="{BY}"></span><a rel="license" href="{BY}"></a>',
        '<a rel="license" href="/avis.html">Reconeixement 4.0 Internacional de Creative Commons</a>',
    ],
)
def test_a_link_names_the_licence_of_the_work(registry: Registry, link: str) -> None:
    answer = read(registry, page(head=TAGS, body=link))
    assert answer["metadata"]["rights"]["license"]["uri"] == BY


@pytest.mark.parametrize(
    "link",
    [
        f'<footer><p><a rel="license" href="{BY}">CC</a></p></footer>',
        f'<div role="contentinfo"><a rel="license" href="{BY}">CC</a></div>',
        f'<div itemscope itemtype="https://schema.org/Person"><a itemprop="license" href="{BY}">CC</a></div>',
        f'<div about="#imatge"><a rel="license" href="{BY}">CC</a></div>',
    ],
)
def test_a_link_of_the_site_or_of_another_thing_is_listed(registry: Registry, link: str) -> None:
    answer = read(registry, page(head=TAGS, body=link))
    assert "rights" not in answer["metadata"]
    assert BY in left(answer)


def test_a_link_alone_describes_no_work(registry: Registry) -> None:
    with pytest.raises(RecordSyntaxError, match="describes a work"):
        read(registry, page(alone(SITE), body=f'<a rel="license" href="{BY}">CC</a>'))


@pytest.mark.parametrize("document", ["[" * 50_000, "{" + '"a":{' * 900, "nothing", '{"@context":"https://schema.org","@graph":[{"@type":'])
def test_a_script_that_cannot_be_read_is_listed(registry: Registry, document: str) -> None:
    source = page(head=TAGS).replace("<body>", f'<body><script type="application/ld+json">{document}</script>')
    assert document in left(read(registry, source))


def test_nodes_that_refer_to_each_other_come_to_an_end(registry: Registry) -> None:
    nodes = [{**WORK, "@id": f"#{n}", "citation": [{"@id": f"#{m}"} for m in range(30)]} for n in range(30)]
    assert read(registry, page(graph(*nodes)))["metadata"]["title"] == "El so de les fires"
