"""Lists of Chinese and Japanese places with topics among them, as mirror kits write them beside what they sell."""

from __future__ import annotations

import re
from typing import Final

from spamguard.page.patterns import pattern

PLACE: Final = pattern(r"[\u4e00-\u9fff]{1,7}(?P<level>自治[县州旗]|[县縣市区區旗省州盟])")
_TOWN: Final = pattern(r"[\u3040-\u30ff\u4e00-\u9fff]{1,7}[市町村郡区]")
TOPICS: Final = frozenset(
    "科技 娱乐 时尚 焦点 百科 综合 热点 休闲 探索 知识 国产 久久 免费 成人 视频 资讯 生活 汽车 财经".split()  # noqa: SIM905
)
_ELSEWHERE: Final = frozenset(
    "エンタメ ファッション 芸能 話題 知識 総合 娛樂 時尚 焦點 綜合 熱點 休閒 資訊 財經 生活 科技".split()  # noqa: SIM905
)
_PARTS: Final = re.compile(r"[|｜\s、,，]+")
_LONGEST: Final = 8
"""Letters of a name; what is longer is a sentence."""
_FEWEST: Final = 6


def names_in(text: str) -> list[str] | None:
    """The short texts in a text; none where one is long."""
    names = [name for name in _PARTS.split(text) if name]
    return None if names and max(map(len, names)) > _LONGEST else names


def is_made_of_places(names: list[str]) -> bool:
    """Whether half of some names at least are places and topics: of many only the beginning is left."""
    return 2 * sum(name in TOPICS or PLACE.fullmatch(name) is not None for name in names) >= len(names)


def are_places_and_topics(text: str) -> bool:
    """Whether a text is several places and a topic among them, and nothing else to speak of."""
    names = names_in(text)
    if names is None or len(names) < _FEWEST:
        return False
    topics = sum(name in TOPICS or name in _ELSEWHERE for name in names)
    places = sum(PLACE.fullmatch(name) is not None or _TOWN.fullmatch(name) is not None for name in names)
    return topics > 0 and places >= _FEWEST // 2 and 2 * (topics + places) >= len(names)
