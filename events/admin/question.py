from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import EventScopedAdmin, EventScopedInline, NamedFormSet, SameEventForm
from events.models import Answer, Choice, Question
from events.services.questions import (
    archive_question,
    delete_choice,
    delete_question,
    is_answered,
    is_chosen,
    save_choice,
    save_question,
)

IN_USE = _("Somebody has answered this: its column and its kind stay as they are.")
CHOSEN = _("Somebody chose this: its value stays, and it can be archived but not deleted.")


class QuestionForm(SameEventForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        fixed = {"key", "kind"} & set(self.changed_data)
        if self.instance.pk and fixed and is_answered(self.instance):
            for name in fixed:
                self.add_error(name, IN_USE)
        return cleaned


class ChoiceForm(forms.ModelForm):
    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"]
        stored = Choice.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if stored is not None and value != stored.value and is_chosen(stored):
            raise forms.ValidationError(CHOSEN)
        return value


class ChoiceFormSet(NamedFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in kept if form not in self.deleted_forms]
        if self.instance.kind and self.instance.has_choices and not kept:
            raise forms.ValidationError(_("Write at least one choice."))
        for form in self.deleted_forms:
            if form.instance.pk and is_chosen(form.instance):
                raise forms.ValidationError(CHOSEN)


class ChoiceInline(EventScopedInline):
    model = Choice
    form = ChoiceForm
    formset = ChoiceFormSet


@admin.register(Question)
class QuestionAdmin(EventScopedAdmin):
    """What an event asks at registration. The preset is on the page of the event's registration settings."""

    form = QuestionForm
    inlines = [ChoiceInline]
    list_display = ["label_ja", "key", "event", "kind", "group", "position", "is_required", "is_archived"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "kind", "group", "is_required", "is_archived"]
    list_select_related = ["event"]
    search_fields = ["key", "label_ja", "label_en"]
    actions = ["archive"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "event",
                    ("label_ja", "label_en"),
                    ("help_ja", "help_en"),
                    ("kind", "key"),
                    ("is_required", "is_archived"),
                ]
            },
        ),
        (_("One line or several"), {"fields": [("check_as", "max_length"), "autofill"]}),
        (_("Where it stands"), {"fields": [("group", "position")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        answered = Answer.objects.filter(question=OuterRef("pk"))
        return super().get_queryset(request).annotate(has_answers=Exists(answered))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Once somebody answered, column and kind are only shown."""
        fixed = ["key", "kind"] if obj is not None and obj.has_answers else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and is_answered(obj))

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=_("Archive the selected questions: they are no longer asked"))
    @asks_first(_("Nobody is asked them from now on. The answers stay, also in exports."))
    def archive(self, request: HttpRequest, queryset: QuerySet[Question]) -> None:
        count = sum(archive_question(question) for question in queryset)
        text = ngettext("%(count)s question archived.", "%(count)s questions archived.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        self.check_scope(request, obj)
        save_question(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for choice in formset.save(commit=False):
            save_choice(choice)
        for choice in formset.deleted_objects:
            delete_choice(choice)

    def delete_model(self, request: HttpRequest, obj: Question) -> None:
        delete_question(obj)
