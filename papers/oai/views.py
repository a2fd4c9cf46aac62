"""The one address at which harvesters ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from lxml import etree

from papers.oai.request import Asked, Wrong, asked
from papers.oai.response import OAI, WRITTEN, envelope, put
from papers.oai.sync import catch_up

UNNAMED = {"badVerb", "badArgument"}  # errors in whose answers the request must not be repeated


@csrf_exempt  # it changes nothing for whoever asks, and harvesters may POST
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Answer one of the protocol's six verbs; what is wrong with a question is told inside a 200."""
    catch_up()
    parameters = request.POST if request.method == "POST" else request.GET
    words = {name: value for name, value in parameters.items() if name.isidentifier()}
    try:
        root = answered(asked(parameters), words)
    except Wrong as wrong:
        root = envelope({} if wrong.code in UNNAMED else words)
        put(root, "error", wrong.sentence, code=wrong.code)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(
        written, content_type="text/xml; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


def answered(question: Asked, words: dict[str, str]) -> etree._Element:
    root = envelope(words)
    WRITTEN[question.verb](etree.SubElement(root, f"{{{OAI}}}{question.verb}"), question)
    return root
