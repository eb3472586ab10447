"""Words for what spam sells that are plain enough to stand in an address or on a link."""

from __future__ import annotations

import re
from typing import Final

from spamguard.page.patterns import pattern

_IN_ADDRESS: Final = pattern(
    r"(?<![a-z])(?:betting|casinos?|poker|roulette|blackjack|baccarat|jackpots?|togel|gacor|sbobet|bahis|kasino"
    r"|viagra|cialis|kamagra|levitra|payday|porno?|xxx|escorts?|hacklink|backlinks?|pharma|pharmacy|apotek|judi|maxwin)"
    r"(?![a-z])|hydroxychloroquine|ivermectin|semaglutide|sildenafil|tadalafil|vardenafil|tramadol|modafinil|kamagra|viagra"
    r"|slotgacor|judionline|onlinecasino|casinoonline|pokeronline|sportsbetting|paydayloan"
    r"|yulecheng|liuhecai|shishicai|baijiale|zhenrenyule|bocaiwang|(?<![a-z])(?:bocai|caipiao|nhacai|denemebonusu)(?![a-z])"
    r"|//[a-z0-9.-]{1,100}\.(?:bet|casino|poker|bingo|porn|adult|sex|xxx)(?![a-z0-9.-])",
    re.IGNORECASE,
)


def sells(address: str) -> bool:
    """Whether an address names what is sold, as a word of its own."""
    return _IN_ADDRESS.search(address[:400]) is not None
