"""The gate: a network with one hidden layer that looks at every segment of every page. A few microseconds a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Network(NamedTuple):
    """Standardises, one rectified hidden layer, one output in log-odds."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    output: NDArray[np.float32]
    output_bias: float

    def score(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """Log-odds of each row, shape ``(n_rows,)``."""
        inner = np.maximum((table - self.mean) / self.scale @ self.hidden + self.hidden_bias, 0)
        result: NDArray[np.float32] = inner @ self.output + np.float32(self.output_bias)
        return result

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """What a weights file holds of this network, under names that begin with ``prefix``."""
        return {
            f"{prefix}mean": self.mean,
            f"{prefix}scale": self.scale,
            f"{prefix}hidden": self.hidden,
            f"{prefix}hidden_bias": self.hidden_bias,
            f"{prefix}output": self.output,
            f"{prefix}output_bias": np.asarray([self.output_bias], dtype=np.float32),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]], prefix: str) -> Network:
        """The reverse of :meth:`arrays`."""

        def one(name: str) -> NDArray[np.float32]:
            return np.ascontiguousarray(arrays[f"{prefix}{name}"], dtype=np.float32)

        return cls(
            one("mean"),
            one("scale"),
            one("hidden"),
            one("hidden_bias"),
            one("output"),
            float(one("output_bias")[0]),
        )
