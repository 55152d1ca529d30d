"""Whether the words of a text bear out the language that its record states."""

from __future__ import annotations

import pytest

from normalizers.records.function_words import FunctionWords

TEXTS = {
    "ca": "Aquest treball estudia el soroll de les fires de muntanya amb els mitjans que hi ha, on ningú no l'ha mesurat mai fins ara.",
    "es": "Este trabajo estudia el ruido de las ferias de montaña con los medios que hay, donde nadie lo ha medido nunca hasta ahora.",
    "pt": "Este trabalho estuda o ruído das feiras de montanha e compara-o com o das praças, onde ninguém o mediu até agora.",
    "fr": "Ce travail étudie le bruit des foires de montagne et le compare à celui des places, où personne ne l'a encore mesuré jusqu'ici.",
    "en": "This work studies the noise of mountain fairs and compares it with that of the squares, where nobody has measured it so far.",
}


@pytest.fixture(scope="module")
def function_words() -> FunctionWords:
    return FunctionWords([*TEXTS, "root", "x-invented"])


@pytest.mark.parametrize("stated", TEXTS)
@pytest.mark.parametrize("written", TEXTS)
def test_a_text_supports_its_own_language_alone(function_words: FunctionWords, stated: str, written: str) -> None:
    assert function_words.supports(TEXTS[written], stated) is (stated == written)


def test_a_region_is_no_matter(function_words: FunctionWords) -> None:
    assert function_words.supports(TEXTS["pt"], "pt-BR")


@pytest.mark.parametrize(
    ("text", "tag"), [("The noise of fairs", "en"), ("", "en"), (TEXTS["en"], "eo"), ("1 2 3 4 5 6 7 8 9 10 11 12 13", "en")]
)
def test_too_few_words_or_an_unknown_language_support_nothing(function_words: FunctionWords, text: str, tag: str) -> None:
    assert not function_words.supports(text, tag)
