"""Each rule in .semgrep.yml finds what it forbids, and lets pass what is right."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.support import security_tools
from tests.support.paths import ROOT

RULES = ROOT / ".semgrep.yml"
# By rule: lines it has to find, each alone in a file, and lines it has to let pass.
HTML = "no-unescaped-output"
FORBIDDEN = {
    "no-safe-text-of-unknown-origin": [
        "from django.utils.safestring import mark_safe\nmark_safe(name)",
        "from django.utils.safestring import SafeString\nSafeString(name)",
    ],
    "no-formatted-html": [
        "from django.utils.html import format_html\nformat_html(f'<b>{name}</b>')",
        "from django.utils.html import format_html\nformat_html('<b>%s</b>' % name)",
        "from django.utils import html\nhtml.format_html('<b>{}</b>'.format(name))",
    ],
    HTML: ["{{ name|safe }}", "{{ names | safeseq }}", "{% autoescape off %}{{ name }}{% endautoescape %}"],
    "no-csrf-exempt": [
        "from django.views.decorators.csrf import csrf_exempt\n@csrf_exempt\ndef view(request): ...",
        "view.csrf_exempt = True",
    ],
    "no-outgoing-requests": [
        "import requests\nrequests.get(comment.website)",
        "from urllib.request import urlopen\nurlopen(url)",
        "from http.client import HTTPSConnection\nHTTPSConnection(host)",
        "session = adapter.get_requests_session()",
    ],
    "no-formatted-sql": [
        "cursor.execute(f'SELECT * FROM t WHERE name = {name}')",
        "cursor.execute('SELECT %s' % name)",
        "Post.objects.raw(f'SELECT {name}')",
        "from django.db.models.expressions import RawSQL\nRawSQL(sql, [])",
        "Post.objects.extra(where=[where])",
    ],
    "no-lookup-named-by-the-request": [
        "Post.objects.filter(**request.GET.dict())",
        "Comment(page=page, **json.loads(request.body))",
        "from django.db.models import Q\nQ(**request.POST)",
    ],
    "no-handwritten-file-name": [
        "headers = {'Content-Disposition': f'attachment; filename={name}'}",
        "response['Content-Disposition'] = 'attachment; filename=' + name",
    ],
    "no-process": [
        "import subprocess\nsubprocess.run(['convert', name])",
        "import os\nos.system(name)",
    ],
    "no-decoding": [
        "from PIL import Image\nImage.open(upload)",
        "import willow\nwillow.Image.open(upload)",
        "from django import forms\nforms.ImageField()",
        "from django.db import models\nmodels.ImageField()",
    ],
    "no-dynamic-code": [
        "eval(name)",
        "import pickle\npickle.loads(cookie)",
        "from django.template import Template\nTemplate(comment.text)",
    ],
    "no-predictable-random": [
        "import random\nrandom.choice(letters)",
        "from random import randint\nrandint(1, 6)",
    ],
    "no-leaky-comparison": [
        "def check(token): return token == expected",
        "if given.signature != made: raise ValueError",
        "ok = mac.hexdigest() == sent",
    ],
    "no-unsafe-xml": [
        "from lxml import etree\netree.XMLParser()",
        "from xml.etree import ElementTree\nElementTree.fromstring(body)",
    ],
    "no-weak-hash": [
        "import hashlib\nhashlib.md5(name)",
        "from django.utils.crypto import salted_hmac\nsalted_hmac('salt', name)",
    ],
    "no-redirect-to-a-typed-address": [
        "from django.shortcuts import redirect\nredirect(request.GET.get('next'))",
        "from django.shortcuts import redirect\nredirect(request.POST['next'])",
    ],
}
ALLOWED = {
    "no-safe-text-of-unknown-origin": ["from django.utils.safestring import SafeString\nSafeString('')"],
    "no-formatted-html": ["from django.utils.html import format_html\nformat_html('<b>{}</b>', name)"],
    HTML: ["{{ name }}", "{{ name|escape }}"],
    "no-csrf-exempt": ["from public_forms.checks import public_form"],
    "no-outgoing-requests": ["return sum(requests.delete() for requests in expired)"],
    "no-formatted-sql": ["cursor.execute('SELECT %(name)s', {'name': name})"],
    "no-lookup-named-by-the-request": ["actions.request_copy(edition, **form.cleaned_data)"],
    "no-handwritten-file-name": [
        "headers = {'Content-Disposition': content_disposition_header(True, name)}",
        "response['Content-Disposition'] = 'attachment; filename=\"my-data.json\"'",
    ],
    "no-process": ["process.kill()"],
    "no-decoding": ["pictures.decode(path, LIMITS)", "from PIL import Image\nImage.new('RGB', (1, 1))"],
    "no-dynamic-code": ["json.loads(body)", "render(request, 'page.html', {})"],
    "no-predictable-random": ["import secrets\nsecrets.token_urlsafe()"],
    "no-leaky-comparison": [
        "ok = constant_time_compare(token, expected)",
        "if token == '': raise ValueError",
        "if name == other: pass",
    ],
    "no-unsafe-xml": ["from lxml import etree\netree.XMLParser(resolve_entities=False, no_network=True)"],
    "no-weak-hash": [
        "from django.utils.crypto import salted_hmac\nsalted_hmac('salt', name, algorithm='sha256')"
    ],
    "no-redirect-to-a-typed-address": [
        "from django.shortcuts import redirect\nredirect(page.get_url(request))"
    ],
}


def write(folder: Path, snippets: dict[str, list[str]]) -> None:
    for rule, lines in snippets.items():
        for number, line in enumerate(lines):
            path = folder / f"{rule}-{number}{'.html' if rule == HTML else '.py'}"
            path.parent.mkdir(exist_ok=True)
            path.write_text(line + "\n")


@pytest.fixture(scope="module")
def findings(tmp_path_factory) -> set[tuple[str, str]]:
    """Return rule and file of what Semgrep finds in all snippets; one start costs seconds."""
    folder = tmp_path_factory.mktemp("snippets")
    write(folder / "forbidden", FORBIDDEN)
    write(folder / "allowed", ALLOWED)
    result = security_tools.run(
        "semgrep", "scan", "--config", RULES, "--metrics", "off", "--disable-version-check", "--json",
        "--no-git-ignore", ".", cwd=folder,
    )  # fmt: skip
    report = json.loads(result.stdout)
    assert report["errors"] == []
    return {(found["check_id"].rpartition(".")[2], found["path"]) for found in report["results"]}


def test_every_rule_finds_what_it_forbids(findings):
    expected = {
        (rule, f"forbidden/{rule}-{number}{'.html' if rule == HTML else '.py'}")
        for rule, lines in FORBIDDEN.items()
        for number in range(len(lines))
    }

    assert expected - findings == set()


def test_no_rule_finds_anything_in_what_is_right(findings):
    assert [found for found in findings if found[1].startswith("allowed/")] == []


def test_every_rule_has_snippets():
    rules = re.findall(r"^  - id: (\S+)$", RULES.read_text(), re.MULTILINE)

    assert Counter(rules) == Counter(list(FORBIDDEN)) == Counter(list(ALLOWED))


def test_every_file_excepted_from_a_rule_exists():
    listed = re.findall(r"^ {8}- ((?:papers|site|templates|blog)/\S+)", RULES.read_text(), re.MULTILINE)

    assert len(listed) > 20
    assert [path for path in listed if not (ROOT / path).is_file()] == []
