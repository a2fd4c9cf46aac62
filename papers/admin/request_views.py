"""The queue of requests for an accessible format, in the admin."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import page_permission_policy

from papers.models import FormatRequest
from papers.reader_requests.format_models import FormatRequestQuerySet
from papers.reader_requests.forms import AnswerForm

AT_A_TIME = 50


def at_the_desk_of(user: object) -> FormatRequestQuerySet:
    """Keep the requests about papers this person may edit."""
    papers = page_permission_policy.instances_user_has_permission_for(user, "change")
    return FormatRequest.objects.filter(edition__paper__in=papers.values("pk")).select_related(
        "edition__paper"
    )


def queue(request: HttpRequest) -> HttpResponse:
    """List the open requests, the most urgent first, or the answered ones, the latest first."""
    state = request.GET.get("state")
    state = state if state in FormatRequest.State.values else FormatRequest.State.OPEN
    order = "answer_by" if state == FormatRequest.State.OPEN else "-answered_at"
    asked = at_the_desk_of(request.user).filter(state=state).order_by(order, "pk")
    shown = Paginator(asked, AT_A_TIME).get_page(request.GET.get("p"))
    context = {"requests": shown, "state": state, "states": FormatRequest.State.choices}
    return render(request, "papers/requests/queue.html", context)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request and take the answer, which goes to the reader by letter; once."""
    asked = get_object_or_404(at_the_desk_of(request.user), pk=pk)
    form = AnswerForm(request.POST or None)
    if asked.is_open and form.is_valid():
        if asked.reply(form.cleaned_data["answer"], user=request.user):
            messages.success(request, _("The answer to %(reference)s is on its way.") % {"reference": asked})
        else:
            messages.error(request, _("Somebody else has answered meanwhile."))
        return redirect("papers_editions:requests")
    status = 422 if request.method == "POST" else 200
    return render(request, "papers/requests/answer.html", {"asked": asked, "form": form}, status=status)
