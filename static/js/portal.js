// Comfort on top of pages that work without it: dropping files, showing the password, no double click, focus.
"use strict";

const MAXIMO = 50 * 1024 * 1024;
document.documentElement.classList.add("com-script");

function avisa(texto) {
  const falha = document.getElementById("falha");
  falha.textContent = texto;
  falha.scrollIntoView({ block: "center" });
}

function focaResumo(raiz) {
  const alvo = raiz.querySelector("[data-foco]");
  if (alvo) alvo.focus();
}

// Selected first: where the browser gives no clipboard (no HTTPS, no permission), Ctrl+C does the rest.
function copia(botao) {
  const campo = document.getElementById(botao.dataset.copiar);
  campo.select();
  const pronto = navigator.clipboard?.writeText(campo.value) ?? Promise.reject();
  pronto.then(() => { botao.textContent = "Copiado"; }, () => { botao.textContent = "Selecionado: Ctrl+C"; });
}

document.addEventListener("DOMContentLoaded", () => focaResumo(document));

document.addEventListener("click", (event) => {
  const botao = event.target.closest("[data-mostrar], [data-imprimir], [data-copiar]");
  if (!botao) return;
  if (botao.dataset.copiar) return copia(botao);
  if (botao.hasAttribute("data-imprimir")) return window.print();
  const campo = document.getElementById(botao.dataset.mostrar);
  const visivel = campo.type === "text";
  campo.type = visivel ? "password" : "text";
  botao.textContent = visivel ? "Mostrar" : "Ocultar";
});

document.addEventListener("submit", (event) => {
  if (event.target.dataset.enviando) return event.preventDefault();
  event.target.dataset.enviando = "sim";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.enviando;
});

for (const [tipo, dentro] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(tipo, (event) => {
    const zona = event.target.closest?.(".solta");
    if (!zona) return;
    event.preventDefault();
    zona.classList.toggle("solta-alvo", dentro);
    if (tipo !== "drop" || !event.dataTransfer.files.length) return;
    const campo = zona.querySelector("input[type=file]");
    campo.files = event.dataTransfer.files;
    campo.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("htmx:confirm", (event) => {
  const arquivos = event.target.files || [];
  if (![...arquivos].some((arquivo) => arquivo.size > MAXIMO)) return;
  event.preventDefault();
  event.target.value = "";
  avisa("Arquivo com mais de 50 MB. Um certificado tem cerca de 2 KB: confira se escolheu o arquivo .cer.");
});

document.addEventListener("htmx:beforeRequest", () => { document.getElementById("falha").textContent = ""; });

document.addEventListener("htmx:beforeSwap", (event) => {
  // The session ended: the answer is the sign-in page. Reload, so that signing in leads back here.
  if (new URL(event.detail.xhr.responseURL).pathname.startsWith("/entrar/")) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});

// What changed is read aloud: the report of the newest file, or the section where there is none.
document.addEventListener("htmx:afterSettle", (event) => {
  document.querySelector(".resumo")?.remove(); // it spoke of what was before
  const laudos = event.target.querySelectorAll(".laudo-resumo");
  (laudos[laudos.length - 1] || event.target).focus({ preventScroll: true });
  if (laudos.length) laudos[laudos.length - 1].scrollIntoView({ block: "nearest" });
});

for (const tipo of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(tipo, () => avisa("O envio não chegou até o portal. Confira a conexão e tente de novo; nada foi perdido."));
}
