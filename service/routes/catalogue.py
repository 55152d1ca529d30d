"""Addresses that say what is served."""

from __future__ import annotations

from service.handlers import catalogue, concepts
from service.problems import Kind
from service.routing import Route
from service.schemas import concepts as listed
from service.schemas import operations as about

TAG = "Catalogue"

ROUTES = (
    Route(
        method="GET",
        path="/v1/vocabularies",
        handler=catalogue.list_vocabularies,
        operation="listVocabularies",
        tag=TAG,
        summary="List the vocabularies",
        answers=about.VocabulariesAnswer,
        tagged=True,
        problems=(Kind.NOT_READY,),
    ),
    Route(
        method="GET",
        path="/v1/locales",
        handler=catalogue.list_locales,
        operation="listLocales",
        tag=TAG,
        summary="List the locales",
        answers=about.LocalesAnswer,
        tagged=True,
        problems=(Kind.NOT_READY,),
    ),
    Route(
        method="GET",
        path="/v1/concepts",
        handler=concepts.list_concepts,
        operation="listConcepts",
        tag=TAG,
        summary="Find what a field can be answered with, by name in any language or by its place",
        query=listed.ConceptsQuery,
        answers=listed.ConceptsAnswer,
        problems=(Kind.INVALID, Kind.NOT_READY),
    ),
)
