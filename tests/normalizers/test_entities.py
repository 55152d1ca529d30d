"""Entities: every identifier of the closed lists can be looked up, named in many languages, and found by a name that is nearly right."""

from __future__ import annotations

import pytest

from normalizers import Catalogue, Registry


@pytest.fixture
def catalogue(registry: Registry) -> Catalogue:
    return registry.catalogue


def test_every_concept_is_an_entity(registry: Registry) -> None:
    for name in ("coar-resource-types", "coar-version-types", "coar-access-rights", "rights-statements", "cc-legal-tools"):
        for identifier in registry.vocabularies[name].by_identifier:
            entity = registry.catalogue.lookup(identifier)
            assert entity is not None
            assert entity.identifier == identifier


@pytest.mark.parametrize(
    ("identifier", "name", "locale", "label"),
    [
        ("http://purl.org/coar/resource_type/c_6501", "journal article", "ca", "article de revista"),
        ("http://rightsstatements.org/vocab/InC/1.0/", "In Copyright", "xx", None),
        ("ca", "Catalan", "fr", "catalan"),
        ("pt-BR", "Portuguese (Brazil)", "en", "Brazilian Portuguese"),
        ("https://creativecommons.org/licenses/by-nc-nd/3.0/es/", "CC BY-NC-ND 3.0 ES", "ca", None),
        ("CC-BY-NC-ND", "CC BY-NC-ND", "ca", None),
        ("Apache-2.0", "Apache 2.0", "ca", None),
    ],
)
def test_entities_have_names(catalogue: Catalogue, identifier: str, name: str, locale: str, label: str | None) -> None:
    entity = catalogue.lookup(identifier)
    assert entity is not None
    assert (entity.name, catalogue.label(entity, locale)) == (name, label)


@pytest.mark.parametrize(
    "identifier", ["", "nowhere", "x" * 5_000, "http://purl.org/coar/resource_type/none", "../../etc", "zz-zz-zz-zz", "ca\n"]
)
def test_what_is_no_identifier_is_no_entity(catalogue: Catalogue, identifier: str) -> None:
    assert catalogue.lookup(identifier) is None


@pytest.mark.parametrize("locale", ["", "..", "../root", "xx", "x" * 300, "../ca"])
def test_a_locale_that_is_none_has_no_names(catalogue: Catalogue, locale: str) -> None:
    entity = catalogue.lookup("ca")
    assert entity is not None
    assert catalogue.label(entity, locale) is None


@pytest.mark.parametrize(
    ("field", "text", "identifier"),
    [
        ("language", "catlan", "ca"),
        ("resource_type", "artcle de revsta", "http://purl.org/coar/resource_type/c_6501"),
        ("license", "CC BY NC ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    ],
)
def test_what_is_nearly_right_is_found(catalogue: Catalogue, field: str, text: str, identifier: str) -> None:
    (entity, likeness), *rest = catalogue.near(text, [field], limit=3)
    assert entity.identifier == identifier
    assert 60 < likeness <= 100
    assert all(likeness >= other for _, other in rest)


def test_facts_are_those_of_their_property(catalogue: Catalogue) -> None:
    article = catalogue.lookup("http://purl.org/coar/resource_type/c_6501")
    assert article is not None
    assert catalogue.facts(article, "datacite", "en") == ("JournalArticle",)
    assert catalogue.facts(article, "spdx", "en") == ()
    fields = {about.id: about.fields for about in catalogue.properties}
    assert all(about in fields and article.field in fields[about] for about in article.facts)


def test_a_hierarchy_can_be_walked_both_ways(catalogue: Catalogue) -> None:
    tops = {entity.name for entity in catalogue.highest("resource_type")}
    assert "text" in tops
    assert "thesis" not in tops
    thesis = catalogue.lookup("http://purl.org/coar/resource_type/c_46ec")
    assert thesis is not None
    assert [entity.name for entity in catalogue.broader(thesis)] == ["text"]
    assert "doctoral thesis" in {entity.name for entity in catalogue.narrower(thesis)}
    tool = catalogue.lookup("https://creativecommons.org/licenses/by/4.0/")
    assert tool is not None
    assert [entity.identifier for entity in catalogue.broader(tool)] == ["CC-BY"]


@pytest.mark.parametrize(("prefix", "locale", "tag"), [("alem", "ca", "de"), ("German", "en", "de"), ("Γερμ", "el", "de")])
def test_a_language_is_found_by_its_name_in_another(catalogue: Catalogue, prefix: str, locale: str, tag: str) -> None:
    assert tag in [entity.identifier for entity in catalogue.starting(prefix, ["language"], limit=5, locale=locale)]
