/* Regietafel: what makes the pages quicker to work with. Every page does its work without this file. */
(function () {
  "use strict";

  const AUTOSAVE = "regietafel-concept:";
  const NUMBERS = { decimal: ",", thousands: ".", grouping: [3], currency: ["€\u00a0", ""] };
  const TIMES = {
    dateTime: "%a %e %B %Y, %H:%M", date: "%d-%m-%Y", time: "%H:%M", periods: ["", ""],
    days: ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
    shortDays: ["zo", "ma", "di", "wo", "do", "vr", "za"],
    months: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    shortMonths: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
  };
  const day = new Intl.DateTimeFormat("nl-NL", {
    weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  const clock = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

  /* A click anywhere in a row opens what the row is about, unless someone is selecting text. */
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, select, label, summary")) return;
    if (String(window.getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
    else window.location.assign(row.dataset.href);
  });

  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]") && event.target.form) event.target.form.requestSubmit();
    const all = event.target.closest("[data-select-all]");
    if (!all) return;
    for (const box of document.getElementsByName(all.dataset.selectAll)) box.checked = all.checked;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    for (const menu of document.querySelectorAll("details.rt-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = event.target.closest("details.rt-menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const search = document.getElementById("zoek-overal");
    if (event.key === "/" && !typing && search) {
      event.preventDefault();
      search.focus();
    }
  });

  /* A form with data-keys is filled in by single keys; a box on the page turns that off (WCAG 2.1.4). */
  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("form[data-keys]") || event.ctrlKey || event.altKey || event.metaKey) return;
    const isOn = document.querySelector("[data-keys-on]");
    if (isOn && !isOn.checked) return;
    if (event.target.closest("textarea, select, input:not([type=checkbox]):not([type=radio]), a, summary")) return;
    if (event.key === "Enter" && event.target.closest("button")) return;
    const chosen = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!chosen || event.repeat) return;
    event.preventDefault();
    chosen.click();
  });

  /* The choice to work without keys is kept in this tab. */
  for (const box of document.querySelectorAll("[data-keys-on]")) {
    box.checked = sessionStorage.getItem("regietafel-toetsen") !== "uit";
    box.addEventListener("change", () => sessionStorage.setItem("regietafel-toetsen", box.checked ? "aan" : "uit"));
  }

  /* Long texts survive an expired session and a closed lid: kept in this tab until they have been saved.
     The key holds the account, so that nobody on the same screen gets another person's draft.
     A form with data-keeps is a next step with the same text: the draft stays until that step is done. */
  function draftKey(form) {
    return AUTOSAVE + (document.body.dataset.account || "") + ":" + (form.dataset.autosave || form.dataset.keeps);
  }

  function isText(field) {
    return field.name && (field.tagName === "TEXTAREA" || field.type === "text");
  }

  function texts(form) {
    return [...form.elements].filter(isText).map((field) => [field.name, field.value]);
  }

  function fill(form, values) {
    for (const [name, value] of values) {
      const field = form.elements.namedItem(name);
      if (!field || !("value" in field)) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function offerDraft(form, values) {
    const note = document.createElement("div");
    note.className = "utrecht-alert utrecht-alert--info rt-section";
    const text = document.createElement("p");
    text.textContent = "Uw browser bewaarde tekst die nog niet is opgeslagen. ";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "utrecht-button utrecht-button--secondary-action utrecht-button--small";
    again.textContent = "Tekst terugzetten";
    const drop = again.cloneNode(false);
    drop.textContent = "Weggooien";
    again.addEventListener("click", () => { fill(form, values); form.dataset.changed = "1"; note.remove(); });
    drop.addEventListener("click", () => { sessionStorage.removeItem(draftKey(form)); note.remove(); });
    text.append(again, " ", drop);
    note.append(text);
    form.prepend(note);
  }

  function keepDraft(form) {
    let timer = 0;
    const saved = form.querySelector("[data-saved]");
    const kept = sessionStorage.getItem(draftKey(form));
    if (kept && kept !== JSON.stringify(texts(form))) offerDraft(form, JSON.parse(kept));
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        sessionStorage.setItem(draftKey(form), JSON.stringify(texts(form)));
        if (saved) saved.textContent = "In deze browser bewaard om " + clock.format(new Date());
      }, 800);
    });
  }

  /* A page that shows no form under this key, and no login, has saved it: the draft may go. */
  function dropSavedDrafts() {
    const sent = sessionStorage.getItem(AUTOSAVE + "verstuurd");
    if (!sent || !document.body.dataset.account) return;
    const again = [...document.querySelectorAll("form[data-autosave], form[data-keeps]")].some((form) => draftKey(form) === sent);
    if (!again) sessionStorage.removeItem(sent);
    sessionStorage.removeItem(AUTOSAVE + "verstuurd");
  }

  function guard(form) {
    form.addEventListener("input", () => { form.dataset.changed = "1"; });
    form.addEventListener("submit", () => {
      delete form.dataset.changed;
      if (!form.dataset.autosave && !form.dataset.keeps) return;
      if (form.dataset.autosave) sessionStorage.setItem(draftKey(form), JSON.stringify(texts(form)));
      sessionStorage.setItem(AUTOSAVE + "verstuurd", draftKey(form));
    });
  }

  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-guard][data-changed]")) event.preventDefault();
  });

  function acceptDrop(zone) {
    const input = zone.querySelector("input[type=file]");
    const mark = (on) => (event) => { event.preventDefault(); zone.classList.toggle("rt-drop--over", on); };
    zone.addEventListener("dragover", mark(true));
    zone.addEventListener("dragleave", mark(false));
    zone.addEventListener("drop", (event) => { mark(false)(event); input.files = event.dataTransfer.files; });
  }

  /* Charts: the drawing of the server stays until someone asks to point at values. */
  function load(source) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  async function enliven(figure, button) {
    button.disabled = true;
    const drawing = figure.querySelector(".rt-chart__drawing");
    const still = drawing.innerHTML;
    try {
      if (!window.vegaEmbed) for (const source of figure.dataset.vega.split(" ")) await load(source);
      const spec = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
      drawing.replaceChildren();
      await window.vegaEmbed(drawing, { ...withPointing(spec), width: "container" }, {
        actions: false, ast: true, expr: window.vegaExpressionInterpreter, defaultStyle: false,
        formatLocale: NUMBERS, timeFormatLocale: TIMES, renderer: "canvas", tooltip: showValue(figure, readable(spec)),
      });
      button.remove();
    } catch (error) {
      drawing.innerHTML = still;
      button.textContent = "Aanwijzen lukt nu niet; de waarden staan in de tabel";
    }
  }

  /* The tool-tip library writes its own styles, which the security policy forbids: the value goes in a line of text. */
  function showValue(figure, read) {
    const line = document.createElement("p");
    line.className = "rt-soft";
    line.setAttribute("role", "status");
    line.textContent = "Wijs een punt aan om de waarde te lezen.";
    figure.querySelector(".rt-chart__drawing").after(line);
    return (_handler, _event, _item, value) => {
      if (value && typeof value === "object") line.textContent = Object.entries(value).map(read).join(" · ");
    };
  }

  /* Lines get dots to point at, because a line or an area as a whole knows only its first value. */
  function pointable(layer) {
    const mark = typeof layer.mark === "string" ? { type: layer.mark } : { ...layer.mark };
    const told = { tooltip: { content: "data" } };
    if (mark.type === "line") mark.point = { size: 80, opacity: 0.4, color: mark.color, ...told };
    else if (["bar", "rect", "point", "circle", "square"].includes(mark.type)) Object.assign(mark, told);
    return { ...layer, mark };
  }

  function withPointing(spec) {
    return spec.layer ? { ...spec, layer: spec.layer.map(pointable) } : pointable(spec);
  }

  /* Moments arrive as milliseconds in a field that some mark calls temporal. */
  function readable(spec) {
    const marks = [spec, ...(spec.layer || [])].flatMap((layer) => Object.values(layer.encoding || {}));
    const days = new Set(marks.filter((place) => place.type === "temporal").map((place) => place.field));
    return ([name, shown]) => {
      if (days.has(name)) return day.format(new Date(shown));
      return `${name} ${typeof shown === "number" ? shown.toLocaleString("nl-NL") : shown}`;
    };
  }

  function offerPointing(figure) {
    const tools = figure.querySelector(".rt-chart__tools");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "utrecht-button utrecht-button--subtle utrecht-button--small";
    button.textContent = "Waarden aanwijzen";
    button.addEventListener("click", () => enliven(figure, button));
    tools.append(button);
  }

  /* On a phone the current part of a scrolling row may lie outside the screen. */
  function bringIntoView(link) {
    const row = link.closest("nav");
    if (row.scrollWidth > row.clientWidth) row.scrollLeft = link.offsetLeft - row.offsetLeft - row.clientWidth / 3;
  }

  function start() {
    dropSavedDrafts();
    document.querySelectorAll("form[data-guard], form[data-autosave]").forEach(guard);
    document.querySelectorAll("form[data-autosave]").forEach(keepDraft);
    document.querySelectorAll("[data-drop]").forEach(acceptDrop);
    document.querySelectorAll("figure[data-chart]").forEach(offerPointing);
    document.querySelectorAll(".rt-nav [aria-current], .rt-tabs [aria-current]").forEach(bringIntoView);
    const summary = document.querySelector("[data-focus]");
    if (summary) summary.focus();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
