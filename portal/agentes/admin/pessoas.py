from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from portal import clock
from portal.admin import Consulta, Manutencao, actor
from portal.agentes import services
from portal.agentes.grupos import GRUPOS
from portal.agentes.models import Convite, Usuario


class PessoaForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    convidar = forms.BooleanField(
        label="Enviar convite",
        required=False,
        initial=True,
        help_text="A pessoa recebe por e-mail um link para escolher a própria senha.",
    )

    def clean_username(self) -> str:
        username = str(Usuario.normalize_username(self.cleaned_data["username"])).lower()
        if Usuario.objects.exclude(pk=self.instance.pk).filter(username__iexact=username).exists():
            raise forms.ValidationError("Este usuário já existe.")
        return username

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if Usuario.objects.exclude(pk=self.instance.pk).filter(email__iexact=email).exists():
            raise forms.ValidationError("Outra pessoa já usa este e-mail.")
        return email

    def clean_is_staff(self) -> bool:
        """Who acts for a company does not also maintain who may act for it."""
        staff = bool(self.cleaned_data["is_staff"])
        if staff and self.instance.pk and self.instance.representacoes.filter(ate=None).exists():
            raise forms.ValidationError("Esta pessoa representa agentes: encerre as representações antes.")
        return staff


@admin.register(Usuario)
class PessoaAdmin(Manutencao):
    form = PessoaForm
    list_display = ("nome", "username", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("nome", "username", "email")
    search_help_text = "Nome, usuário ou e-mail"
    ordering = ("nome", "id")
    actions = ("enviar_convite",)
    DADOS = ("username", "nome", "email", "telefone")
    DIREITOS = ("is_active", "is_staff", "groups")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        end = ("last_login", "date_joined") if obj else ("convidar",)
        return [(None, {"fields": self.DADOS}), ("Acesso", {"fields": (*self.DIREITOS, *end)})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The user name is what the ledger knows a person by; one's own rights are another's to change."""
        if obj is None:
            return ()
        own = self.DIREITOS if obj == request.user else ()
        return ("username", "last_login", "date_joined", *own)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever can change an e-mail address can take the account over: never one with more rights."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self._within_reach(request, obj))

    def _within_reach(self, request: HttpRequest, usuario: Usuario) -> bool:
        if getattr(request.user, "is_superuser", False):
            return True
        special = usuario.is_superuser or usuario.user_permissions.exists()
        return not special and not usuario.groups.exclude(name__in=GRUPOS).exists()

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=GRUPOS)
            kwargs["widget"] = forms.CheckboxSelectMultiple
            kwargs["help_text"] = "Só para a operação e o regulador; representantes não têm grupo."
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Usuario, form: Any, change: bool) -> None:
        invite = bool(form.cleaned_data.get("convidar")) and not change
        services.save_usuario(obj, by=actor(request), now=clock.now(), invite=invite)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if "groups" in form.cleaned_data:
            names = [group.name for group in form.cleaned_data["groups"]]
            services.set_groups(form.instance, names, by=actor(request), now=clock.now())

    @admin.action(description="Enviar convite para escolher a senha", permissions=["change"])
    def enviar_convite(self, request: HttpRequest, queryset: QuerySet[Usuario]) -> None:
        invited = 0
        for usuario in queryset:
            if usuario.is_active and self._within_reach(request, usuario):
                services.send_invitation(usuario, by=actor(request), now=clock.now())
                invited += 1
            else:
                messages.warning(
                    request, f"{usuario.nome}: conta desativada ou fora do seu alcance; não foi convidada."
                )
        if invited:
            messages.success(request, f"Convites a caminho: {invited}. O e-mail sai em até um minuto.")


@admin.register(Convite)
class ConviteAdmin(Consulta):
    list_display = ("usuario", "created_at", "sent_at", "dropped_at")
    list_filter = ("sent_at",)
    list_select_related = ("usuario",)
    search_fields = ("usuario__nome", "usuario__username")
    fields = ("usuario", "created_at", "sent_at", "dropped_at")
