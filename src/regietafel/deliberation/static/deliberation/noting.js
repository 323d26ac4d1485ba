/* The screen of the secretary: everything is saved as it is typed, in the order in which it was typed, and what a
   colleague writes at the same time appears by itself. What could not be saved stays in this tab and is sent again.
   Without this file every field has its own button. */
(function () {
  "use strict";

  const root = document.querySelector("[data-noting]");
  if (!root) return;

  const KEPT = "regietafel-notulen:" + (document.body.dataset.account || "") + ":";
  const PAUSE = 600, LOOK = 4000, AGAIN = [1000, 2000, 4000, 8000, 15000];
  const REFUSED = "geweigerd", OUT = "afgemeld", AWAY = "weg";
  const clock = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const round = root.dataset.round.split(";").map((pair) => pair.split(":"));
  const words = Object.fromEntries(round);
  const order = round.map(([status]) => status);
  const told = root.querySelector("[data-told]");
  const savers = new Set();
  const fields = new WeakMap();
  let token = (root.querySelector("[name=csrfmiddlewaretoken]") || {}).value || "";
  let saves = 0;
  let isLeaving = false;
  let isGoing = false; // a request of a page that goes must outlive it

  /* ---- what is told ---- */
  function say(text, isBad) {
    if (told.textContent !== text) told.textContent = text;
    told.classList.toggle("rt-noting__told--bad", Boolean(isBad));
  }

  function sayState(at) {
    const failing = [...savers].filter((saver) => saver.tries);
    if (failing.some((saver) => saver.why === OUT)) {
      say("Niet opgeslagen: u bent afgemeld. Log in een ander tabblad in; uw tekst blijft hier staan.", true);
    } else if (failing.length) {
      say("Nog niet opgeslagen. Wij blijven het proberen; uw tekst staat in deze browser.", true);
    } else if (at) {
      say("opgeslagen " + at);
    }
  }

  /* ---- sending ---- */
  function failure(why, text) {
    return Object.assign(new Error(text || why), { why });
  }

  async function answerOf(response) {
    if (response.type === "opaqueredirect" || response.status === 403) throw failure(OUT);
    if (response.status === 404) throw failure(REFUSED, "Dit staat niet meer op de agenda, of u mag het niet meer wijzigen.");
    if (response.status !== 422 && !response.ok) throw failure(AWAY);
    const answer = await response.json();
    if (response.status === 422) throw failure(REFUSED, answer.fout);
    return answer;
  }

  async function send(url, values) {
    const body = new URLSearchParams({ ...values, csrfmiddlewaretoken: token });
    const answer = await answerOf(await fetch(url, {
      method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", keepalive: isGoing && String(body).length < 30000,
    }));
    saves += 1;
    return answer;
  }

  function keep(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(KEPT + key);
      else sessionStorage.setItem(KEPT + key, JSON.stringify(value));
    } catch (error) { /* a full or forbidden store: what is typed still stands on the screen */ }
  }

  function kept(key) {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT + key) || "null");
    } catch (error) {
      return null;
    }
  }

  /* Something that must be saved: it sends one request at a time, and tries again until it is done. */
  class Saver {
    constructor() {
      this.tries = 0;
      this.why = "";
      this.isSending = false;
      this.timer = 0;
      savers.add(this);
    }

    later(pause) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), pause);
    }

    async save() {
      window.clearTimeout(this.timer);
      if (this.isSending || !this.isWaiting) return;
      this.isSending = true;
      try {
        const at = await this.deliver();
        this.tries = 0;
        sayState(at);
      } catch (error) {
        this.failed(error);
      } finally {
        this.isSending = false;
      }
      if (this.isWaiting && this.why !== REFUSED) this.later(this.tries ? AGAIN[Math.min(this.tries, AGAIN.length) - 1] : 0);
    }

    failed(error) {
      this.why = error.why || AWAY;
      if (this.why === REFUSED) {
        this.tries = 0;
        this.refused(error.message);
      } else {
        this.tries += 1;
        sayState();
      }
    }
  }

  /* ---- texts ---- */
  function isAlike(one, other) {
    return one.trim() === other.trim();
  }

  /* Where the cursor stands after a colleague's words came in before or after it. */
  function moved(old, now, at) {
    let same = 0;
    while (same < old.length && same < now.length && old[same] === now[same]) same += 1;
    if (at <= same) return at;
    let tail = 0;
    while (tail < old.length - same && tail < now.length - same && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    return at >= old.length - tail ? at + now.length - old.length : Math.min(at, now.length);
  }

  class Field extends Saver {
    constructor(form) {
      super();
      this.form = form;
      this.box = form.elements.namedItem("tekst");
      this.part = form.elements.namedItem("veld");
      this.note = form.querySelector("[data-merged]");
      this.key = form.getAttribute("action") + (this.part ? "#" + this.part.value : "");
      this.base = form.elements.namedItem("was").value.replaceAll("\r\n", "\n");
      const left = kept(this.key);
      if (left && left.text !== this.box.value) {
        this.box.value = left.text;
        this.base = left.was;
        this.later(0);
      }
      this.box.addEventListener("input", () => this.typed());
      this.box.addEventListener("change", () => this.save());
      form.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
      fields.set(form, this);
    }

    get isWaiting() {
      return this.box.value !== this.base;
    }

    typed() {
      this.why = "";
      keep(this.key, { text: this.box.value, was: this.base });
      this.later(this.tries ? AGAIN[0] : PAUSE);
    }

    async deliver() {
      const sent = this.box.value;
      const values = { tekst: sent, was: this.base };
      if (this.part) values.veld = this.part.value;
      const answer = await send(this.form.getAttribute("action"), values);
      this.base = sent;
      if (this.box.value === sent && !isAlike(answer.tekst, sent)) this.take(answer.tekst);
      this.explain(answer);
      keep(this.key, this.isWaiting ? { text: this.box.value, was: this.base } : null);
      return answer.om;
    }

    explain(answer) {
      if (!this.note || !answer.samengevoegd) return;
      this.note.hidden = false;
      this.note.textContent = answer.dubbel
        ? "U en een collega wijzigden dezelfde woorden. Beide staan er nu; haal weg wat dubbel is."
        : "Samengevoegd met wat een collega schreef, om " + answer.om + ".";
    }

    refused(text) {
      say(text, true);
      if (this.note) {
        this.note.hidden = false;
        this.note.textContent = "Niet opgeslagen: " + text;
      }
    }

    /* What is stored now, from a colleague; own words that still wait are put together with it when they are sent. */
    receive(text) {
      if (this.isSending || this.isWaiting || isAlike(text, this.base)) return;
      this.take(text);
      if (this.note) {
        this.note.hidden = false;
        this.note.textContent = "Een collega schreef hier iets, om " + clock.format(new Date()) + ".";
      }
    }

    take(text) {
      const old = this.box.value, places = [this.box.selectionStart, this.box.selectionEnd];
      this.box.value = text;
      this.base = text;
      if (document.activeElement === this.box) this.box.setSelectionRange(...places.map((at) => moved(old, text, at)));
    }

    drop() {
      savers.delete(this);
      window.clearTimeout(this.timer);
    }
  }

  function enliven(part) {
    for (const form of part.querySelectorAll("form[data-note]")) if (!fields.has(form)) new Field(form);
  }

  function fieldsIn(part) {
    return [...part.querySelectorAll("form[data-note]")].map((form) => fields.get(form)).filter(Boolean);
  }

  /* ---- lines ---- */
  function madeOf(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    return box.content.firstElementChild;
  }

  function countLines(list) {
    const item = list.closest("[data-item]");
    const count = root.querySelector(`[data-count="${item.dataset.item}"]`);
    if (count) count.textContent = list.querySelectorAll("[data-entry]").length || "";
  }

  function putLine(list, number, html) {
    if (list.querySelector(`[data-entry="${number}"]`)) return;
    const line = madeOf(html);
    list.insertBefore(line, list.querySelector("[data-waiting]"));
    enliven(line);
    countLines(list);
    offerSolution(line);
  }

  /* A bottleneck is closed through what was noted just now. */
  function offerSolution(line) {
    const kind = line.querySelector("[data-kind]").textContent.trim();
    if (kind === "K") return;
    const text = line.querySelector("textarea").value.slice(0, 80);
    for (const choice of root.querySelectorAll("[data-solutions]")) {
      if (![...choice.options].some((one) => one.value === line.dataset.entry)) choice.add(new Option(kind + ": " + text, line.dataset.entry));
    }
  }

  /* Lines wait their turn, so that they are stored in the order in which they were typed. */
  class Outbox extends Saver {
    constructor() {
      super();
      this.lines = kept("regels") || [];
      for (const line of this.lines) this.show(line);
      if (this.lines.length) this.later(0);
    }

    get isWaiting() {
      return this.lines.length > 0;
    }

    add(url, text) {
      const line = { url, text };
      this.lines.push(line);
      keep("regels", this.lines);
      this.show(line);
      this.why = "";
      this.save();
    }

    formOf(line) {
      return root.querySelector(`form[data-quick][action="${CSS.escape(line.url)}"]`);
    }

    listOf(line) {
      const form = this.formOf(line);
      return form && form.closest("[data-item]").querySelector("[data-entries]");
    }

    show(line) {
      const list = this.listOf(line);
      if (!list) return;
      const row = document.createElement("li");
      row.className = "rt-line rt-line--waiting";
      row.dataset.waiting = "";
      row.textContent = line.text;
      list.append(row);
      line.row = row;
    }

    done() {
      const line = this.lines.shift();
      keep("regels", this.lines.length ? this.lines.map(({ url, text }) => ({ url, text })) : null);
      if (line.row) line.row.remove();
      return line;
    }

    async deliver() {
      const line = this.lines[0];
      const answer = await send(line.url, { regel: line.text });
      const list = this.listOf(line);
      this.done();
      if (list) putLine(list, answer.nr, answer.html);
      return answer.om;
    }

    refused(text) {
      const line = this.done(), form = this.formOf(line);
      this.why = "";
      say("Niet genoteerd: " + text, true);
      if (!form) return;
      form.querySelector("[data-fault]").textContent = text;
      const box = form.elements.namedItem("regel");
      if (!box.value) box.value = line.text;
    }
  }

  const outbox = new Outbox();

  function enlivenQuick(form) {
    const box = form.elements.namedItem("regel"), fault = form.querySelector("[data-fault]");
    const key = form.getAttribute("action") + "#nieuw";
    box.value = kept(key) || box.value;
    box.addEventListener("input", () => { fault.textContent = ""; keep(key, box.value || null); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = box.value.trim();
      if (!text) return;
      if (!/^[bka](\s*[:)]|\s)\s*\S/i.test(text)) {
        fault.textContent = "Begin met b (besluit), k (knelpunt) of a (actie), een spatie, en de tekst.";
        return;
      }
      box.value = "";
      keep(key, null);
      outbox.add(form.getAttribute("action"), text);
    });
  }

  /* ---- attendance ---- */
  class Chip extends Saver {
    constructor(form) {
      super();
      this.form = form;
      this.button = form.querySelector("button");
      this.stored = this.wanted = form.elements.namedItem("was").value;
      const deputy = root.querySelector(`[data-deputy="${form.dataset.chip}"]`);
      this.deputy = deputy && fields.get(deputy);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.wanted = order[(order.indexOf(this.wanted) + 1) % order.length];
        this.show();
        this.why = "";
        this.later(PAUSE / 2);
      });
    }

    get isWaiting() {
      return this.wanted !== this.stored;
    }

    async deliver() {
      const sent = this.wanted;
      const answer = await send(this.form.getAttribute("action"), { stand: sent, was: this.stored });
      this.stored = answer.stand;
      if (this.wanted === sent) this.wanted = answer.stand;
      this.show();
      if (this.deputy) this.deputy.receive(answer.door);
      if (answer.melding) say(answer.melding, true);
      return answer.melding ? "" : answer.om;
    }

    refused(text) {
      this.wanted = this.stored;
      this.show();
      say(text, true);
    }

    receive(status, deputy) {
      if (this.isSending || this.isWaiting) return;
      this.stored = this.wanted = status;
      this.show();
      if (this.deputy) this.deputy.receive(deputy);
    }

    show() {
      this.button.className = "rt-chip rt-chip--" + this.wanted;
      this.button.querySelector("[data-status]").textContent = words[this.wanted];
      if (this.deputy) this.deputy.form.hidden = this.wanted !== "vervangen";
    }
  }

  /* ---- what a colleague does meanwhile ---- */
  function renew(list, line) {
    const here = list.querySelector(`[data-entry="${line.nr}"]`);
    if (!here) return putLine(list, line.nr, line.html);
    if (here.dataset.revision === String(line.versie)) return;
    const fresh = madeOf(line.html), own = fieldsIn(here);
    const isBusy = here.contains(document.activeElement) || own.some((field) => field.isSending || field.isWaiting);
    const texts = [...fresh.querySelectorAll("form[data-note]")];
    if (!isBusy || texts.length !== own.length) {
      if (own.some((field) => field.isSending || field.isWaiting)) return;
      own.forEach((field) => field.drop());
      here.replaceWith(fresh);
      enliven(fresh);
      return;
    }
    own.forEach((field, at) => field.receive(texts[at].elements.namedItem("was").value));
    here.querySelector("[data-meta]").replaceWith(fresh.querySelector("[data-meta]"));
    here.dataset.revision = line.versie;
  }

  const chips = new Map();

  function apply(state) {
    token = state.sleutel;
    for (const item of state.punten) {
      const section = root.querySelector(`[data-item="${item.nr}"]`);
      if (!section) continue;
      fields.get(section.querySelector("[data-notes]")).receive(item.tekst);
      for (const line of item.regels) renew(section.querySelector("[data-entries]"), line);
    }
    for (const one of state.aanwezig) if (chips.has(String(one.nr))) chips.get(String(one.nr)).receive(one.stand, one.door);
    fields.get(root.querySelector("[data-press]")).receive(state.perslijn);
    if (state.stand === "vastgesteld") say("Een collega stelde dit verslag vast. Het verandert niet meer.", true);
  }

  async function look() {
    const begun = saves;
    try {
      if (document.hidden) return;
      const state = await answerOf(await fetch(root.dataset.stateUrl, { headers: { Accept: "application/json" }, redirect: "manual" }));
      if (saves === begun) apply(state);
      else token = state.sleutel;
      for (const saver of savers) if (saver.tries) saver.later(0);
    } catch (error) {
      /* saving tells what is wrong; looking tries again by itself */
    } finally {
      window.setTimeout(look, LOOK);
    }
  }

  /* ---- one item at a time, by keys ---- */
  const items = [...root.querySelectorAll("[data-item]")];
  let current = 0;

  function show(number, focus) {
    if (!items.length) return;
    current = Math.max(0, Math.min(number, items.length - 1));
    items.forEach((item, at) => { item.hidden = at !== current; });
    for (const link of root.querySelectorAll("[data-to]")) {
      if (link.dataset.to === items[current].dataset.item) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const left = items.length - 1 - current;
    root.querySelector("[data-place]").textContent = `punt ${current + 1} van ${items.length}, nog ${left}`;
    window.history.replaceState(null, "", "#punt-" + items[current].dataset.item);
    if (focus) target(focus).focus();
  }

  function target(name) {
    const item = items[current];
    if (name === "line") return item.querySelector("[data-quick] input[name=regel]");
    if (name === "notes") return item.querySelector("[data-notes] textarea");
    return item.querySelector("h2");
  }

  function go(where) {
    if (!items.length) return;
    if (where === "next") show(current + 1, "head");
    else if (where === "previous") show(current - 1, "head");
    else if (where === "chips") root.querySelector("[data-chip] button")?.focus();
    else target(where).focus();
  }

  function heldBy(element) {
    if (element.closest("[data-quick]")) return "line";
    return element.closest("[data-notes]") ? "notes" : "head";
  }

  function onKey(event) {
    if (!root.querySelector("[data-keys-on]").checked || !event.target.closest("input, textarea, button, h2, a")) return;
    const held = heldBy(event.target);
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      show(current + (event.key === "ArrowDown" ? 1 : -1), held);
    } else if (event.ctrlKey && event.key === "Enter" && held !== "head") {
      event.preventDefault();
      target(held === "notes" ? "line" : "notes").focus();
    } else if (event.key === "Escape" && event.target.closest("input, textarea") && items.length) {
      target("head").focus();
    }
  }

  /* ---- leaving ---- */
  function waiting() {
    return [...savers].filter((saver) => saver.isWaiting || saver.isSending);
  }

  /* What is typed is stored before another step is taken. */
  async function settle() {
    for (let turn = 0; turn < 40 && waiting().length; turn += 1) {
      waiting().forEach((saver) => saver.save());
      await new Promise((resolve) => window.setTimeout(resolve, 100));
    }
    return !waiting().length;
  }

  async function onSubmit(event) {
    if (event.defaultPrevented || isLeaving || !waiting().length) return;
    event.preventDefault();
    const form = event.target, button = event.submitter;
    if (!(await settle())) return sayState();
    isLeaving = true;
    form.requestSubmit(button);
  }

  function start() {
    root.classList.add("rt-noting--live");
    for (const part of root.querySelectorAll("[data-only-live]")) part.hidden = false;
    enliven(root);
    root.querySelectorAll("form[data-quick]").forEach(enlivenQuick);
    for (const form of root.querySelectorAll("form[data-chip]")) chips.set(form.dataset.chip, new Chip(form));
    for (const link of root.querySelectorAll("[data-to]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        show(items.findIndex((item) => item.dataset.item === link.dataset.to), "head");
      });
    }
    for (const button of root.querySelectorAll("[data-go]")) button.addEventListener("click", () => go(button.dataset.go));
    root.addEventListener("keydown", onKey);
    document.addEventListener("submit", onSubmit);
    window.addEventListener("pagehide", () => { isGoing = true; savers.forEach((saver) => saver.save()); });
    window.addEventListener("pageshow", () => { isGoing = false; });
    window.addEventListener("online", () => savers.forEach((saver) => saver.later(0)));
    window.addEventListener("beforeunload", (event) => { if (!isLeaving && waiting().length) event.preventDefault(); });
    const asked = window.location.hash.slice(1);
    const place = asked ? document.getElementById(asked)?.closest("[data-item]") : null;
    show(place ? items.indexOf(place) : 0);
    if (asked.startsWith("regel-") && place) document.getElementById(asked).querySelector("textarea")?.focus();
    say("Wat u typt, wordt vanzelf opgeslagen.");
    const time = root.querySelector("[data-clock]");
    const tick = () => { time.textContent = clock.format(new Date()); };
    tick();
    window.setInterval(tick, 1000);
    window.setTimeout(look, LOOK);
  }

  start();
})();
