"""People and groups in the Wagtail admin: one name field, and no rights beyond one's own."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import groups, users

from accounts.admin.grants import grantable_groups, may_change_users, may_grant_group
from accounts.models import User

FIELDS = ["email", "name", "role", "organisation", "is_superuser", "groups"]
WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class SingleNameMixin(forms.Form):
    """Replace Wagtail's two name fields by the one we have."""

    first_name = last_name = None
    name = forms.CharField(max_length=150, label=gettext_lazy("Name"))

    def separate_username_field(self) -> bool:
        return False  # the e-mail address has a field of its own


class PersonCreationForm(SingleNameMixin, UserCreationForm):
    class Meta:
        model = User
        fields = FIELDS
        widgets = WIDGETS


class PersonEditForm(SingleNameMixin, UserEditForm):
    class Meta:
        model = User
        fields = [*FIELDS, "is_active"]
        widgets = WIDGETS


class GrantingMixin:
    """Offer only what the person who fills in the form may grant."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> forms.ModelForm:
        form: forms.ModelForm = super().get_form(*args, **kwargs)  # type: ignore[misc]
        actor = self.request.user
        if not actor.is_superuser:
            form.fields.pop("is_superuser", None)
        if "groups" in form.fields:
            choices = Group.objects.filter(pk__in=grantable_groups(actor))
            cast(forms.ModelMultipleChoiceField, form.fields["groups"]).queryset = choices
        return form


class PersonCreateView(GrantingMixin, users.CreateView):
    pass


class PersonEditView(GrantingMixin, users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_change_users(request.user, [self.object]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PersonDeleteView(users.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_change_users(request.user, [self.get_object()]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PersonViewSet(users.UserViewSet):
    """Wagtail's own people screens, with our forms."""

    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm


class GroupSavingMixin:
    """Take back what was just saved where the group got more rights than whoever saved it has."""

    request: HttpRequest
    object: Group
    produced_error_message: str | None = None

    def process_form(self) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse | None = super().process_form()  # type: ignore[misc]
            saved = self.object is not None and self.object.pk is not None
            if saved and not may_grant_group(self.request.user, self.object):
                transaction.set_rollback(True)
                response = None
        if response is None:
            self.produced_error_message = _(
                "Not saved: you can’t give a group permissions that you don’t have."
            )
            return self.form_invalid(self.get_form())  # type: ignore[attr-defined]
        return response


class GroupCreateView(GroupSavingMixin, groups.CreateView):
    pass


class GroupEditView(GroupSavingMixin, groups.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_grant_group(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class GroupDeleteView(groups.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_grant_group(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RestrictedGroupViewSet(groups.GroupViewSet):
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView
