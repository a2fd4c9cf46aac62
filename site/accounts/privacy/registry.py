"""Where each room registers what it shows, exports and erases for a person.

A room registers from its AppConfig, when Django is ready:

    @registry.profile_section(_("Your comments"), order=20)
    def comments_section(request): ...

``accounts`` calls them all and imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from accounts.member_request import MemberRequest
from accounts.models import User

Title = str | Promise
Renderer = Callable[[MemberRequest], SafeString]
Exporter = Callable[[User], object]
Eraser = Callable[[User], None]


@dataclass(frozen=True)
class Section:
    """A section of a person's own page."""

    title: Title
    body: SafeString


_sections: list[tuple[int, Title, Renderer]] = []
_exporters: dict[str, Exporter] = {}
_erasers: list[tuple[int, Eraser]] = []


def profile_section(title: Title, *, order: int = 50) -> Callable[[Renderer], Renderer]:
    """Register a function that renders a section of a person's own page; low ``order`` comes first.

    The section is left out where it renders nothing but blanks.
    """

    def register(render: Renderer) -> Renderer:
        _sections.append((order, title, render))
        return render

    return register


def exporter(name: str) -> Callable[[Exporter], Exporter]:
    """Register a function that returns what a room holds about a person, ready for JSON.

    ``name`` is its key in the export file. Raises ValueError for a name that is taken.
    """

    def register(export_part: Exporter) -> Exporter:
        if name in _exporters:
            raise ValueError(f"Two rooms export a part called {name!r}.")
        _exporters[name] = export_part
        return export_part

    return register


def eraser(*, order: int = 50) -> Callable[[Eraser], Eraser]:
    """Register a function that erases what a room holds about a person; low ``order`` comes first."""

    def register(erase_part: Eraser) -> Eraser:
        _erasers.append((order, erase_part))
        return erase_part

    return register


def render_sections(request: MemberRequest) -> list[Section]:
    entries = sorted(_sections, key=lambda entry: entry[0])
    sections = [Section(title, render(request)) for _, title, render in entries]
    return [section for section in sections if section.body.strip()]


def export(user: User) -> dict[str, object]:
    """Return everything the rooms hold about ``user``, by the exporters' names."""
    return {name: export_part(user) for name, export_part in _exporters.items()}


def erase(user: User, *, below: int | None = None) -> None:
    """Erase ``user`` from every room, in one transaction; ``below`` stops before erasers of that order."""
    with transaction.atomic():
        for order, erase_part in sorted(_erasers, key=lambda entry: entry[0]):
            if below is None or order < below:
                erase_part(user)
