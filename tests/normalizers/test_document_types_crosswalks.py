"""Crosswalks out of COAR Resource Types: complete, and only with terms that the target scheme has."""

from __future__ import annotations

import pytest

from normalizers.document_types import crosswalk, crosswalks
from normalizers.vocabularies import load_vocabularies

VOCABULARIES = load_vocabularies()
TYPES = VOCABULARIES["coar-resource-types"]
SCHEMES = VOCABULARIES["type-crosswalks"].concepts
ABOUT = {"title", "release", "term base"}

# The closed lists, as their publishers give them.
TERMS = {
    "datacite": (
        "Audiovisual Award Book BookChapter Collection ComputationalNotebook ConferencePaper ConferenceProceeding DataPaper Dataset "
        "Dissertation Event Image Instrument InteractiveResource Journal JournalArticle Model OutputManagementPlan PeerReview "
        "PhysicalObject Poster Preprint Presentation Project Report Service Software Sound Standard StudyRegistration Text Workflow Other"
    ),
    "openaire": "publication dataset software other",
    "eu-repo": (
        "article bachelorThesis masterThesis doctoralThesis studentThesis book bookPart review conferenceObject lecture workingPaper preprint "
        "report reportPart annotation contributionToPeriodical patent researchProposal technicalDocumentation other"
    ),
    "dcmi": "Collection Dataset Event Image InteractiveResource MovingImage PhysicalObject Service Software Sound StillImage Text",
    "csl": (
        "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry "
        "entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture "
        "musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report "
        "review review-book software song speech standard thesis treaty webpage"
    ),
    "bibtex": (
        "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport unpublished"
    ),
}


@pytest.mark.parametrize("target", TERMS)
def test_terms_are_terms_of_the_scheme(target: str) -> None:
    used = {value for name, value in SCHEMES[target].properties.items() if name not in ABOUT}
    assert used <= set(TERMS[target].split())


@pytest.mark.parametrize("target", SCHEMES)
def test_only_types_are_mapped(target: str) -> None:
    assert set(SCHEMES[target].properties) - ABOUT <= TYPES.concepts.keys()
    assert SCHEMES[target].identifier.startswith("https://")


@pytest.mark.parametrize("target", ["datacite", "openaire", "eu-repo", "bibtex"])
def test_every_type_has_a_term(target: str) -> None:
    assert [key for key in TYPES.concepts if crosswalk(VOCABULARIES, key, target) is None] == []


def test_a_type_without_a_term_takes_that_of_the_nearest_broader_one() -> None:
    assert crosswalk(VOCABULARIES, "research article", "datacite") == "JournalArticle"
    assert crosswalk(VOCABULARIES, "doctoral thesis", "schema-org") == "https://schema.org/Thesis"
    assert crosswalk(VOCABULARIES, "http://purl.org/coar/resource_type/c_db06", "eu-repo") == "info:eu-repo/semantics/doctoralThesis"


def test_what_a_scheme_has_no_term_for_is_left_out() -> None:
    assert crosswalk(VOCABULARIES, "trademark", "dcmi") is None
    assert "dcmi" not in crosswalks(VOCABULARIES, "trademark")


def test_unknown_names_are_errors_of_the_caller() -> None:
    with pytest.raises(KeyError):
        crosswalk(VOCABULARIES, "no such type", "csl")
    with pytest.raises(KeyError):
        crosswalk(VOCABULARIES, "book", "no such scheme")
