from datetime import date

from django.urls import URLPattern, URLResolver, include, path, register_converter

from contratos.views import (
    assinaturas,
    atividades,
    autenticidade,
    consulta,
    fluxos,
    guarda,
    itaipu,
    janelas,
    marcos,
    modulacao,
    montantes,
    novos,
    partes,
    prazos,
    proinfa,
    registro,
    regras,
    relatorio_cbr,
    relatorios,
    rodadas,
    textos,
)


class NumeroConverter:
    """As models.NUMERO has it: capitals, so that no page of ours can be taken for a contract."""

    regex = r"[A-Z0-9][A-Z0-9.\-]{0,29}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MesConverter:
    """2027-03, as its first day."""

    regex = r"20\d{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


register_converter(NumeroConverter, "numero")
register_converter(MesConverter, "mes")

DE_UM_CONTRATO = [
    path("", consulta.contrato, name="contrato"),
    path("documentos/<int:pk>/documento.pdf", consulta.documento, name="documento"),
    path("documentos/<int:pk>/assinatura/", assinaturas.enviar, name="assinar"),
    path("documentos/<int:pk>/assinatura/papel/", assinaturas.papel, name="papel"),
    path("atividades/<int:pk>/", atividades.atividade, name="atividade"),
    path("atividades/<int:pk>/dispensar/", atividades.dispensar, name="dispensar"),
    path("fluxos/novo/", fluxos.abrir, name="abrir_fluxo"),
    path("fluxos/<int:pk>/ancoras/", fluxos.ancoras, name="ancoras"),
    path("fluxos/<int:pk>/cancelar/", fluxos.cancelar, name="cancelar_fluxo"),
    path("fluxos/<int:pk>/decurso/", fluxos.decurso, name="decurso"),
    path("contrato.zip", guarda.exportar, name="exportar"),
    path("pedidos/<slug:codigo>/", fluxos.pedir, name="pedir"),
    path("montantes/<int:ano>/", montantes.montantes, name="montantes"),
    path("montantes/<int:ano>/montantes.csv", montantes.montantes_csv, name="montantes_csv"),
    path("modulacao/<mes:mes>/", modulacao.modulacao, name="modulacao"),
    path("modulacao/<mes:mes>/horas.csv", modulacao.modulacao_csv, name="modulacao_csv"),
    path("garantias/nova/", partes.garantia, name="nova_garantia"),
    path("garantias/<int:pk>/", partes.garantia, name="garantia"),
    path("signatarios/novo/", partes.signatario, name="signatario"),
    path("signatarios/<int:pk>/encerrar/", partes.encerrar_signatario, name="encerrar_signatario"),
    path("exigencias/<int:pk>/", partes.exigencia, name="exigencia"),
    *(path(f"{ato}/", registro.mudar, {"ato": ato}, name=ato) for ato in registro.ATOS),
]
CONTRATOS: list[URLPattern | URLResolver] = [
    path("", consulta.lista, name="lista"),
    path("agenda/", consulta.agenda, name="agenda"),
    path("registrar/<slug:codigo>/", novos.registrar, name="registrar_novo"),
    path("<numero:numero>/", include(DE_UM_CONTRATO)),
]

RELATORIOS = [
    path("", relatorios.indice, name="relatorios"),
    path("chamados/", relatorios.tickets, name="chamados"),
    path("chamados/<int:pk>/encerrar/", relatorios.close_ticket, name="encerrar_chamado"),
    *(
        path(f"cbrs{fim}", relatorio_cbr.relatorio, {"formato": formato}, name=f"relatorio_cbr_{formato}")
        for fim, formato in (("/", "html"), (".pdf", "pdf"), (".csv", "csv"))
    ),
    path("<slug:codigo>/", relatorios.relatorio, name="relatorio"),
    path("<slug:codigo>.pdf", relatorios.relatorio, {"formato": "pdf"}, name="relatorio_pdf"),
    path("<slug:codigo>.csv", relatorios.relatorio, {"formato": "csv"}, name="relatorio_csv"),
]
PUBLICADO = [
    path("textos/", textos.textos, name="textos"),
    path("textos/a-publicar/", textos.a_publicar, name="textos_a_publicar"),
    path("textos/<numero:numero>/", textos.texto, name="texto"),
    path("textos/<numero:numero>.pdf", textos.texto_pdf, name="texto_pdf"),
    path("marcos/", marcos.marcos, name="marcos"),
    path("marcos/publicar/", marcos.publicar, name="publicar_marcos"),
    path("marcos/adotar/", marcos.adotar, name="adotar_marcos"),
    path("regras/", regras.regras, name="regras"),
    path("itaipu/", itaipu.itaipu, name="itaipu"),
    path("itaipu.csv", itaipu.itaipu_csv, name="itaipu_csv"),
    path("janelas/", janelas.janelas, name="janelas"),
    path("sazonalizacoes/", rodadas.rodadas, name="rodadas"),
    path("proinfa/", proinfa.proinfa, name="proinfa"),
    path("proinfa.csv", proinfa.proinfa_csv, name="proinfa_csv"),
    path("proinfa/<int:ano>.csv", proinfa.curva_csv, name="proinfa_curva_csv"),
    path("proinfa/historicos/", proinfa.historicos, name="historicos"),
    path("proinfa/historicos/<int:pk>/", proinfa.responder, name="responder_historico"),
]

urlpatterns = [
    path("contratos/relatorios/", include(RELATORIOS)),
    path("contratos/", include(PUBLICADO)),
    path("contratos/", include((CONTRATOS, "contratos"))),
    path("autenticidade/", autenticidade.conferir, name="conferir"),
    path("autenticidade/<str:protocolo>/", autenticidade.autenticidade, name="autenticidade"),
    path("autenticidade/<str:protocolo>.pdf", autenticidade.protocolo_pdf, name="protocolo_pdf"),
    path("prazos/", prazos.prazos, name="prazos"),
    path("prazos/prazo.ics", prazos.prazo_ics, name="prazo_ics"),
]
