"""Samples that are described without the words of some languages."""

from __future__ import annotations

from spamguard.training.dataset import Sample
from spamguard.training.inject import Label
from spamguard.training.strangers import GROUPS, NOBODY, estranged
from spamguard.training.vocabulary import Vocabulary

LABEL = (Label(0, 1, "gambling", "th", "some-family"),)


def _sample(number: int, language: str, labels: tuple[Label, ...] = ()) -> Sample:
    return Sample(f"{number}.html", number % 2, b"<p>text", labels, "", language)


def test_some_honest_and_some_infected_samples_are_strangers_to_their_own_language_and_the_rest_to_none() -> None:
    samples = [_sample(n, "th", LABEL if n % 2 else ()) for n in range(400)]
    made = estranged(samples, seed=5)
    for infected in (False, True):
        names = [sample.stranger_to for sample in made if bool(sample.labels) == infected]
        assert set(names) == {NOBODY, "south-east-asia"}
        assert 20 < names.count("south-east-asia") < 100
    assert made == estranged(samples, seed=5)


def test_a_page_of_unknown_language_is_a_stranger_to_any_of_them() -> None:
    made = estranged([_sample(n, "") for n in range(400)], seed=5)
    assert {sample.stranger_to for sample in made} == {NOBODY, *GROUPS}


def test_every_language_of_the_lexicon_that_is_a_language_belongs_to_one_group() -> None:
    spoken = {language for language, _ in Vocabulary.load().pairs()}
    grouped = [language for group in GROUPS.values() for language in group]
    assert len(grouped) == len(set(grouped))
    assert len(spoken - set(grouped)) <= 2, sorted(spoken - set(grouped))
