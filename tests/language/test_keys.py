"""Keys in the code and in the catalogue are the same, and their values fit."""

import ast
import re

import pytest

from appliance.language.english import SENTENCES
from appliance.services.link.words import LOSSES, REFUSALS
from appliance.terminal.loss import Cause
from appliance.terminal.reports import Refusal
from tests.language.source import gaps, modules, scripts, templates, texts

KEY = re.compile(r'"((?:demo|door|touch|maintain)\.[a-z_]+)"')
NO_WORDS = {"Backspace", "Delete", "Enter", "Escape"}
"""Names of keys, as a browser has them."""


def test_every_text_has_a_sentence_and_all_values_that_it_needs() -> None:
    said = list(texts())
    assert [each for each in said if each.key not in SENTENCES] == []
    assert [each for each in said if each.names is not None and not gaps(SENTENCES[each.key]) <= each.names] == []


def test_every_sentence_is_said_somewhere() -> None:
    said = {node.value for _, tree in modules("appliance") for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    said |= set(re.findall(r'words\("([a-z_.]+)"\)', templates()))
    said |= {key for _, script in scripts() for key in KEY.findall(script)}
    assert not sorted(SENTENCES.keys() - said)


def test_a_template_has_no_words_of_its_own() -> None:
    words = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", " ", templates(), flags=re.DOTALL)
    assert not re.findall(r"[A-Za-z]{2,}", words)
    assert set(re.findall(r'words\("([a-z_.]+)"\)', templates())) <= SENTENCES.keys()


def test_a_template_has_no_words_in_its_attributes_either() -> None:
    assert not re.findall(r'(?:aria-label|title|alt|placeholder)="[^"{]*[A-Za-z]{2,}', templates())


@pytest.mark.parametrize(("name", "script"), [pytest.param(*each, id=each[0]) for each in scripts()])
def test_a_script_has_no_words_of_its_own(name: str, script: str) -> None:
    literals = re.findall(r'"([^"\n]*)"|`([^`]*)`', script)
    words = [plain or filled for plain, filled in literals if re.match(r"[A-Z][a-z]+\b(?!-)", plain or filled)]
    assert not [word for word in words if word not in NO_WORDS]
    assert set(KEY.findall(script)) <= SENTENCES.keys()


def test_sentences_have_no_spaces_to_spare() -> None:
    sentences = [each for said in SENTENCES.values() for each in ((said,) if isinstance(said, str) else said)]
    assert [each for each in sentences if each != " ".join(each.split())] == []


def test_every_cause_of_the_terminals_package_has_words() -> None:
    assert set(LOSSES) == set(Cause)
    assert set(LOSSES.values()) <= SENTENCES.keys()
    assert set(REFUSALS) == set(Refusal)
