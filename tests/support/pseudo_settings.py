"""The site's own settings, with every translated string in brackets; see ``pseudo_locale``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import trans_real

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as APPS
from tests.support.pseudo_locale import CLOSE, OPEN

INSTALLED_APPS = [*APPS, "tests.support.pseudo_app.PseudoLocaleConfig"]


def _marked(original: Any) -> Any:
    def translate(*args: Any) -> str:
        text = original(*args)
        return f"{OPEN}{text}{CLOSE}" if text.strip() else text

    return translate


for name in ("gettext", "pgettext", "ngettext", "npgettext"):
    setattr(trans_real, name, _marked(getattr(trans_real, name)))
