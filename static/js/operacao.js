/* Django's autocomplete fields name themselves by their value alone: give them their label too. */
(function () {
  "use strict";
  function name(select) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const widget = select.nextElementSibling;
    if (!label || !widget || !widget.classList.contains("select2")) return;
    label.id = label.id || `rotulo-${select.id}`;
    widget.querySelectorAll(".select2-selection, .select2-selection__rendered").forEach(function (part) {
      part.setAttribute("aria-labelledby", `${label.id} select2-${select.id}-container`);
    });
  }
  function nameAll() {
    document.querySelectorAll("select.admin-autocomplete").forEach(name);
  }
  // Deferred, so this waits its turn behind the admin's own start.
  if (window.django && window.django.jQuery) window.django.jQuery(nameAll);
  document.addEventListener("formset:added", function () { window.setTimeout(nameAll); });
})();
