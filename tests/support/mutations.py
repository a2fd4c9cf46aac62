"""The mutants of a module: what Cosmic Ray makes of it, as the code of the functions that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType

from tests.support.paths import ROOT

# These want to be told variables, or change what is no function's code.
UNUSED = {"core/VariableInserter", "core/VariableReplacer", "core/RemoveDecorator"}

Key = tuple[str, int]  # qualified name and first line


@dataclass(frozen=True)
class Mutant:
    """One module with one place changed; ``changed`` is the code of the functions that it changes."""

    path: Path
    line: int
    operator: str
    text: str
    changed: dict[Key, CodeType]

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} {self.operator}: {self.text}"


def code_in(code: CodeType) -> Iterator[tuple[Key, CodeType]]:
    """Yield every piece of code in a module or function by its name and first line, class bodies too."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield (inner.co_qualname, inner.co_firstlineno), inner
            yield from code_in(inner)


def functions_in(source: str, path: Path) -> dict[Key, CodeType]:
    module = compile(source, path, "exec", dont_inherit=True)
    return {key: code for key, code in code_in(module) if code.co_flags & CO_OPTIMIZED}


def behavior(code: CodeType) -> CodeType:
    """Return the code without what nobody notices: its columns, and which arguments need their name.

    Cosmic Ray takes the bare ``*`` among parameters for an operator.
    """
    inner = tuple(behavior(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    arguments = code.co_argcount + code.co_kwonlyargcount
    return code.replace(
        co_consts=inner,
        co_linetable=b"",
        co_argcount=arguments,
        co_posonlyargcount=0,
        co_kwonlyargcount=0,
    )


def mutants_of(path: Path, live: Iterable[FunctionType]) -> list[Mutant]:
    """Return the mutants of a module that change what ``live``, its functions, do.

    The same change made by two operators counts once.
    """
    source = path.read_text("utf-8")
    reachable = set()
    for function in live:
        code = function.__code__
        reachable |= {(code.co_qualname, code.co_firstlineno), *(key for key, _ in code_in(code))}
    original = {key: behavior(code) for key, code in functions_in(source, path).items() if key in reachable}
    seen: set[frozenset[tuple[Key, CodeType]]] = set()
    mutants = []
    for operator, mutated in _mutated_sources(source):
        try:
            functions = functions_in(mutated, path)
        except SyntaxError:
            continue
        changed = {
            key: code
            for key, code in functions.items()
            if key in original and behavior(code) != original[key]
        }
        same = frozenset((key, behavior(code)) for key, code in changed.items())
        if changed and same not in seen:
            seen.add(same)
            mutants.append(Mutant(path, *_first_difference(source, mutated, operator), changed))
    return mutants


def _mutated_sources(source: str) -> Iterator[tuple[str, str]]:
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    for name in sorted(set(operator_names()) - UNUSED):
        for occurrence in range(10_000):
            try:
                mutated = mutate_code(source, get_operator(name)(), occurrence)
            except AttributeError:  # Cosmic Ray fails at a dotted name among several exceptions
                continue
            if mutated is None:
                break
            yield name.removeprefix("core/"), mutated


def _first_difference(source: str, mutated: str, operator: str) -> tuple[int, str, str]:
    lines = zip(source.splitlines(), mutated.splitlines(), strict=False)
    number, text = next((n, new.strip()) for n, (old, new) in enumerate(lines, 1) if old != new)
    return number, operator, text
