/* The editor of a question: line numbers, colours by kind of term, places of mistakes and hints that apply
   themselves. Without this file the same text field, links and buttons do their work. */
(function () {
  "use strict";

  const PIECES = new RegExp([
    "(?<phrase>[\"“”„][^\"“”„\\n]*[\"“”„]?(?:~\\d*)?)",
    "(?<blank><[^<>\\n]*>?)",
    "(?<bracket>[()])",
    "(?<not>(?<![\\p{L}\\p{N}_])(?:NOT|NIET)(?![\\p{L}\\p{N}_:*]))",
    "(?<operator>(?<![\\p{L}\\p{N}_])(?:AND|EN|OR|OF|O?NEAR(?:/\\d*)?|(?:NABIJ|NAAST)\\d*)(?![\\p{L}\\p{N}_:*]))",
    "(?<field>(?<![\\p{L}\\p{N}_])\\p{Ll}+:)",
    "(?<tag>[#@][\\p{L}\\p{N}_*?]+)",
    "(?<open>=?[\\p{L}\\p{N}_'’-]*[*?][\\p{L}\\p{N}_'’*?-]*|=[\\p{L}\\p{N}_]+)",
    "(?<word>[\\p{L}\\p{N}_]+)",
  ].join("|"), "gu");

  function kindOf(groups) {
    return Object.keys(groups).find((name) => groups[name] !== undefined);
  }

  function lineOf(text) {
    const line = document.createElement("div");
    line.className = "rt-editor__line";
    let done = 0;
    for (const found of text.matchAll(PIECES)) {
      line.append(text.slice(done, found.index));
      const piece = document.createElement("span");
      piece.className = "rt-editor__" + kindOf(found.groups);
      piece.textContent = found[0];
      line.append(piece);
      done = found.index + found[0].length;
    }
    line.append(text.slice(done) || "\u200b");
    return line;
  }

  /* Places come as counts of characters; a text field counts UTF-16 units. */
  function unitsBefore(text, characters) {
    return [...text].slice(0, characters).join("").length;
  }

  function select(field, place) {
    const [start, end] = place.split(":").map(Number);
    field.focus();
    field.setSelectionRange(unitsBefore(field.value, start), unitsBefore(field.value, end));
  }

  function replace(field, told) {
    const [start, end, ...words] = told.split(":");
    select(field, start + ":" + end);
    const text = words.join(":");
    const typed = document.execCommand("insertText", false, text); // keeps the step back of the browser
    if (typed) return;
    field.setRangeText(text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function enliven(field) {
    const frame = document.createElement("div");
    const mirror = document.createElement("div");
    frame.className = "rt-editor";
    mirror.className = "rt-editor__mirror";
    mirror.setAttribute("aria-hidden", "true");
    field.before(frame);
    frame.append(mirror, field);

    function mark() {
      const wrong = new Set([...document.querySelectorAll("[data-line]")].map((place) => Number(place.dataset.line)));
      [...mirror.children].forEach((line, number) => {
        line.classList.toggle("rt-editor__line--wrong", wrong.has(number + 1));
      });
    }

    function draw() {
      mirror.replaceChildren(...field.value.split("\n").map(lineOf));
      mark();
    }

    field.addEventListener("input", () => {
      draw();
      document.getElementById("controle")?.remove(); // it is about the question as it was
    });
    document.addEventListener("htmx:afterSwap", mark);
    document.addEventListener("click", (event) => {
      const place = event.target.closest("[data-place]");
      const apply = event.target.closest("button[name=vervang]");
      if (!place && !apply) return;
      event.preventDefault();
      if (place) select(field, place.dataset.place);
      else replace(field, apply.value);
    });
    draw();
  }

  function start() {
    document.querySelectorAll("textarea[data-editor]").forEach(enliven);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
