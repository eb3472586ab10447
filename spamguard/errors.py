"""The exception tree. Catch :class:`SpamguardError` to catch everything that this package raises on purpose."""

from __future__ import annotations


class SpamguardError(Exception):
    """Base of all errors raised on purpose. The message is one sentence for a person."""


class UsageError(SpamguardError):
    """The call itself is wrong: an unknown option value, a path that is no file."""


class ConfigError(UsageError):
    """A configuration file cannot be read or says something that has no meaning."""


class ModelError(SpamguardError):
    """The weights are missing, damaged, or made for another version of the features."""


class LabelError(SpamguardError):
    """A labels file does not follow the contract."""


class JournalError(SpamguardError):
    """The journal cannot be read or written, so no file may be changed; or what it keeps is damaged."""


class PlanRefused(SpamguardError):  # noqa: N818 - it is an outcome, named as such
    """A removal plan would change more than the spam; nothing was written."""


class Unjudgeable(SpamguardError):  # noqa: N818 - it is an outcome, named as such
    """A file cannot be judged. ``reason`` is a stable word, the message explains it."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
