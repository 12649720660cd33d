"""Joint samples of a scenario's uncertain numbers by a scrambled Sobol sequence.

1. The uncertain inputs are sorted by path; the i-th has the i-th coordinate.  So a coordinate
   belongs to a name, whatever the order of the file or of the sides.
2. Coordinates u in [0, 1)^d come in groups of eight: each group is the first n points (n a power
   of two) of a Sobol sequence of its own with linear matrix scrambling and a digital shift, from
   the seed, and from the second group on in a random order (Latin supercube sampling).
3. A tied input takes the coordinate of the input at the end of its chain of ties.
4. The value is F^-1(u) of the input's own form.  The inputs of one calibration have one coordinate
   together, which picks a row of its joint draws: of R rows, in their order, row floor(u R).
   A row of probabilities that their rounding brings above 1 is scaled down.
5. Weights of the issues are divided by their sum a party, so that they sum to 1 in every draw;
   those that are held keep their value, and the others share what is left.

An input that is held keeps its coordinate unused, so that all others are drawn as without that.

One sequence in all dimensions would not do: of its later dimensions many pairs depend on each other
at any number of draws that can be solved (of 155 dimensions at 1,024 points a coordinate seemed to
explain up to 0.57 of the variance of another one), so that indices of inputs that do not matter
would come out large.  The first eight dimensions have no such pairs, and the random order makes
groups independent of one another, while each coordinate alone stays as even as before.

References: Sobol (1967); Matousek (1998) for the scrambling; Owen (1998), ACM Transactions on
Modeling and Computer Simulation 8:71-102, for Latin supercube sampling; Owen (2023), chapter 15.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError, InputError, Problem
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.posteriors import posteriors
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]
LARGEST = 2**20
FULL = 1.0 - 1e-9
"""What a row of calibrated probabilities comes to at most."""
GROUP = 8
"""Dimensions of one Sobol sequence."""
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, eq=False)
class Draws:
    """Joint samples of every number of a scenario.

    Attributes:
        values: path -> `(draw,)`, read-only; known values are repeated without taking memory.
        weight: `(draw,)`, sums to 1; equal until history weighs them.
        names: paths of the uncertain inputs, sorted; those that are tied come with the others.
        seed: seed of the scrambling.
    """

    values: Mapping[str, Floats]
    weight: Floats
    names: tuple[str, ...]
    seed: int

    def __len__(self) -> int:
        return len(self.weight)

    def __getitem__(self, path: str) -> Floats:
        return self.values[path]

    def take(self, chosen: slice | NDArray[np.int64]) -> Draws:
        """Some of the draws (weights as they are, not summing to 1 again)."""
        return replace(self, values={k: v[chosen] for k, v in self.values.items()},
                       weight=self.weight[chosen])

    def with_weight(self, weight: Floats) -> Draws:
        """The same draws with other weights, which sum to 1."""
        return replace(self, weight=weight)

    def with_values(self, changed: Mapping[str, Floats]) -> Draws:
        """The same draws with some values replaced."""
        return replace(self, values={**self.values, **changed})


def sample(scenario: Scenario, draws: int = 1024, seed: int = 0) -> Draws:
    """Draw every uncertain number of a scenario, jointly.

    Args:
        scenario: a checked scenario.
        draws: how many, a power of two.
        seed: a non-negative integer; the same seed gives the same bytes.

    Raises:
        ArgumentError: `draws` is not a power of two, or `seed` is negative or too large.
        InputError: a tie leads to no uncertain input, or in a circle; a calibration's draws are
            not at hand.
    """
    check(draws, seed)
    return at_points(scenario, scrambled(len(free(scenario)), draws, seed), seed)


def free(scenario: Scenario) -> tuple[str, ...]:
    """The uncertain inputs that have a coordinate of their own, sorted: those that are not tied,
    and the first by path of every calibration's."""
    numbers = inputs(scenario)
    own = (path for path, number in numbers.items() if number.drawn and number.tied is None)
    return tuple(sorted(path for path in own
                        if numbers[path].posterior is None or first_of(path, numbers) == path))


def at_points(scenario: Scenario, points: Floats, seed: int = 0) -> Draws:
    """The draws of given coordinates: steps 3 to 5 of `sample`.

    Args:
        scenario: a checked scenario.
        points: `(draw, input)` in [0, 1), a column for each input of `free`; any number of draws.
        seed: what the draws say that they came from.

    Returns:
        Draws of equal weight.

    Raises:
        InputError: a tie leads to no uncertain input, or in a circle; a calibration's draws are
            not at hand.
    """
    numbers, draws = inputs(scenario), len(points)
    uncertain = tuple(sorted(path for path, number in numbers.items() if number.uncertain))
    coordinate = {path: end_of_ties(path, numbers) for path in uncertain}
    place = {path: i for i, path in enumerate(free(scenario))}
    values: dict[str, Floats] = {}
    joint = posteriors(scenario)
    for path, number in numbers.items():
        if number.posterior is not None and number.uncertain:
            column = points[:, place[coordinate[path]]]
            fitted = joint[number.posterior].column(path)
            values[path] = frozen(fitted[(column * len(fitted)).astype(np.int64)])
        elif number.uncertain:
            column = points[:, place[coordinate[path]]]
            values[path] = frozen(number.distribution.quantile(column))
        else:
            values[path] = np.broadcast_to(np.float64(number.distribution.central()), (draws,))
    values.update(below_one(numbers, values))
    values.update(summing_to_one(scenario, values))
    weight = frozen(np.full(draws, 1.0 / draws))
    return Draws(values, weight, uncertain, seed)


def check(draws: int, seed: int) -> None:
    """Raises ArgumentError where `draws` is not a power of two, or the seed out of range."""
    if draws < 1 or draws & (draws - 1) or draws > LARGEST:
        lower = 1 << max(min(draws, LARGEST).bit_length() - 1, 0)
        raise ArgumentError(
            f"draws must be a power of two up to {LARGEST}, but is {draws}. "
            f"Give {lower}" + (f" or {2 * lower}." if 2 * lower <= LARGEST else "."))
    if not 0 <= seed <= LARGEST_SEED:
        raise ArgumentError(f"seed must be a whole number from 0 to {LARGEST_SEED}, but is {seed}.")


def end_of_ties(path: str, numbers: Mapping[str, Number]) -> str:
    """The input whose coordinate `path` shares: itself, or the end of its chain of ties; of a
    calibration's inputs the first."""
    if numbers[path].posterior is not None:
        return first_of(path, numbers)
    seen = [path]
    while (target := numbers[seen[-1]].tied) is not None:
        if target in seen:
            raise InputError([Problem(path, f"{path} is tied in a circle: "
                                      f"{' -> '.join([*seen, target])}", "Untie one of them.")])
        if target not in numbers or not numbers[target].drawn:
            raise InputError([Problem(path, f"{seen[-1]} is tied to {target}, which is not an "
                                      "uncertain input", "Name the path of one.")])
        seen.append(target)
    return seen[-1]


def first_of(path: str, numbers: Mapping[str, Number]) -> str:
    """The first by path of the inputs that are drawn with the same calibration."""
    shared = numbers[path].posterior
    return min(other for other, number in numbers.items() if number.posterior == shared)


def summing_to_one(scenario: Scenario, values: Mapping[str, Floats]) -> dict[str, Floats]:
    """Weights of the issues divided by their sum, a party at a time: path -> `(draw,)`.

    Held weights stand (divided by their sum where it is over 1, or where no other is there).
    """
    changed: dict[str, Floats] = {}
    parties = dict.fromkeys(p for issue in scenario.issues.values() for p in issue.weights)
    for party in parties:
        paths = [f"issues.{name}.weights.{party}" for name, issue in scenario.issues.items()
                 if party in issue.weights]
        held = [f"issues.{name}.weights.{party}" for name, issue in scenario.issues.items()
                if isinstance(weight := issue.weights.get(party), Number)
                and weight.held is not None]
        others = [path for path in paths if path not in held]
        # summed in sorted order, so that the order of the file changes no bit
        total = np.sum([values[path] for path in sorted(others or held)], axis=0)
        if held and others:
            taken = np.sum([values[path] for path in sorted(held)], axis=0)
            over = np.maximum(taken, 1.0)
            changed.update({path: frozen(values[path] / over) for path in held})
            left = np.maximum(1.0 - taken, 0.0)
            changed.update({path: frozen(values[path] * (left / total)) for path in others})
        else:
            changed.update({path: frozen(values[path] / total) for path in paths})
    return changed


def below_one(numbers: Mapping[str, Number], values: Mapping[str, Floats]) -> dict[str, Floats]:
    """Rows of probabilities with a calibration's numbers, brought to `FULL` where they come to
    more: rounded to six digits, a row that leaves nothing over can come to more than 1.  A number
    that is held stands, and the others of its row share what is left."""
    rows = {path.rpartition(".")[0] for path, number in numbers.items() if number.posterior
            and (".transitions." in path or path.startswith("war.position.moves."))}
    changed: dict[str, Floats] = {}
    for row in sorted(rows):
        paths = sorted(path for path in numbers if path.rpartition(".")[0] == row)
        free = [path for path in paths if numbers[path].held is None]
        held = np.sum([values[path] for path in paths if path not in free], axis=0)
        total = np.sum([values[path] for path in free], axis=0)
        left = np.maximum(FULL - held, 0.0)
        factor = np.where(total > left, left / np.maximum(total, np.nextafter(left, 1.0)), 1.0)
        changed.update({path: frozen(values[path] * factor) for path in free})
    return changed


def frozen(values: Floats) -> Floats:
    """The array, made read-only."""
    values.setflags(write=False)
    return values


def scrambled(dimensions: int, draws: int, seed: int) -> Floats:
    """`(draw, dimension)` points of scrambled Sobol sequences, a group of dimensions each.

    Args:
        dimensions: how many coordinates.
        draws: a power of two.
        seed: a non-negative integer.
    """
    if dimensions == 0:
        return np.zeros((draws, 0))
    from scipy.stats import qmc

    groups: list[Floats] = []
    for number, first in enumerate(range(0, dimensions, GROUP)):
        random = np.random.default_rng([seed, number] if number else seed)
        sequence = qmc.Sobol(min(GROUP, dimensions - first), scramble=True, rng=random)
        points: Floats = sequence.random_base2(draws.bit_length() - 1)
        groups.append(points[random.permutation(draws)] if number else points)
    return np.concatenate(groups, axis=1)
