"""The lexicon cuts its phrases as the network cuts texts, though neither may import the other."""

from kronik.lang import triggers
from kronik.lang.triggers import WORD as PHRASE_WORD
from kronik.net.words import WORD as TEXT_WORD


def test_both_cut_words_alike() -> None:
    assert PHRASE_WORD.pattern == TEXT_WORD.pattern
    phrases = triggers("id")
    assert all(tuple(TEXT_WORD.findall(" ".join(words))) == words for words in phrases)
