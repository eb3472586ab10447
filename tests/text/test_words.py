from __future__ import annotations

from io import BytesIO

import jieba
import pytest

from spamguard.text.words import frequencies, words_of

LINES = "棋牌 3 n\n棋牌室 12 n\n棋 7 v\n开放时间 2 n\nAT&T 3 nz\n棋牌 5 n\n"


@pytest.mark.parametrize("dictionary", [LINES, LINES.strip(), "", "一 1 m\n"])
def test_a_dictionary_is_read_as_jieba_reads_it(dictionary: str) -> None:
    assert frequencies(dictionary) == jieba.Tokenizer.gen_pfdict(BytesIO(dictionary.encode()))


@pytest.mark.parametrize("dictionary", ["棋牌 3\n棋 7 v\n", "棋牌 3 n x\n棋 7 v\n", "棋牌\n"])
def test_another_kind_of_dictionary_is_refused(dictionary: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        frequencies(dictionary)


def test_chinese_is_cut_in_words() -> None:
    assert words_of("图书馆周一至周五上午开放 opening hours") == [
        "图书馆", "周一", "周五", "上午", "开放", "opening", "hours"
    ]  # fmt: skip
