/* What does not fit a phone: folds are opened and cells get a long word, as people write them, and all is put back. */
() => {
  const said = [];
  const folds = [...document.querySelectorAll("main details:not([open])")];
  folds.forEach((fold) => { fold.open = true; });
  for (const box of document.querySelectorAll("main .rt-scroll, main .rt-chart__drawing")) {
    const looksUp = box.closest(".rt-chart details") || box.closest("[data-any-columns]");
    const over = box.scrollWidth - box.clientWidth;
    if (over > 1 && !looksUp) said.push(`${box.getAttribute("aria-label")} hides ${over} px at its side`);
  }
  for (const box of document.querySelectorAll("main .rt-chart details .rt-scroll")) {
    if (box.clientHeight > window.innerHeight) said.push(`${box.getAttribute("aria-label")} is longer than the screen`);
  }
  const word = "https://voorbeeld.example/een/verwijzing/zonder/spaties/die/niet/afbreekt/";
  const cells = document.querySelectorAll("main :is(td[data-label]:not(.rt-cell--number, .rt-number), dd, ins, del, s, .rt-minutes__text, .rt-cell--title)");
  const added = [...cells].map((cell) => cell.appendChild(document.createElement("span")));
  added.forEach((span) => { span.textContent = word; });
  const wider = document.documentElement.scrollWidth - window.innerWidth;
  if (wider > 0) said.push(`a long word makes the page ${wider} px wider than the screen`);
  added.forEach((span) => span.remove());
  folds.forEach((fold) => { fold.open = false; });
  return said;
}
