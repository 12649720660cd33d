"use strict";
(function () {
  const rows = Array.from(document.querySelectorAll(".row[data-row]"));
  const byNumber = new Map(rows.map((row) => [row.dataset.row, row]));
  const form = document.getElementById("filters");
  const box = document.getElementById("filter-box");
  const find = document.getElementById("find");
  const said = new Map(rows.map((row) => [row, row.querySelector("blockquote").textContent.toLowerCase()]));
  const marks = Array.from(document.querySelectorAll("mark[data-c]"));
  const tags = Array.from(document.querySelectorAll(".tag"));
  const parts = { c: new Map(), s: new Map(), q: new Map() };
  let current = null;

  document.querySelectorAll("[data-c], [data-s], [data-q]").forEach(function (element) {
    for (const kind of ["c", "s", "q"]) {
      for (const number of (element.dataset[kind] || "").split(" ").filter(Boolean)) {
        if (!parts[kind].has(number)) parts[kind].set(number, []);
        parts[kind].get(number).push(element);
      }
    }
  });

  function light(number, on) {
    for (const [kind, name] of [["c", "now"], ["s", "now-source"], ["q", "now-cue"]]) {
      (parts[kind].get(number) || []).forEach((element) => element.classList.toggle(name, on));
    }
  }

  function choose(row, move) {
    if (!row) return;
    if (current) {
      light(current.dataset.row, false);
      current.classList.remove("current");
      current.removeAttribute("aria-current");
      current.tabIndex = -1;
    }
    current = row;
    light(row.dataset.row, true);
    row.classList.add("current");
    row.setAttribute("aria-current", "true");
    row.tabIndex = 0;
    if (move) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
      if (beside()) toText(row, false);
    }
  }

  function beside() { return window.matchMedia("(min-width: 56.01rem)").matches; }

  function toText(row, focus) {
    const tag = document.getElementById("in-" + row.dataset.row);
    if (!tag) return;
    tag.scrollIntoView({ block: "center" });
    if (focus) tag.focus({ preventScroll: true });
  }

  function visible() { return rows.filter((row) => !row.parentElement.hidden); }

  function step(by) {
    const there = visible();
    if (!there.length) return;
    const at = there.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : there.length - 1) : at + by;
    choose(there[Math.min(Math.max(next, 0), there.length - 1)], true);
  }

  function apply() {
    const wanted = Array.from(form.querySelectorAll("select")).filter((s) => s.value);
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    rows.forEach(function (row) {
      row.parentElement.hidden = !(wanted.every((s) => row.dataset[s.dataset.key] === s.value)
        && words.every((word) => said.get(row).includes(word)));
    });
    const shown = new Set(visible().map((row) => row.dataset.row));
    marks.forEach((mark) => mark.classList.toggle("off", !mark.dataset.c.split(" ").some((n) => shown.has(n))));
    tags.forEach((tag) => tag.classList.toggle("off", !shown.has(tag.dataset.row)));
    const active = wanted.length + (words.length ? 1 : 0);
    document.getElementById("shown").textContent = shown.size + " of " + rows.length + " claims shown"
      + (active ? ", by " + active + (active > 1 ? " filters" : " filter") : "");
    if (current && current.parentElement.hidden) { light(current.dataset.row, false); current = null; }
    const first = current || visible()[0];
    rows.forEach((row) => { row.tabIndex = row === first ? 0 : -1; });
  }

  form.hidden = false;
  box.open = beside();
  form.addEventListener("input", apply);
  document.getElementById("all").addEventListener("click", function () {
    form.querySelectorAll("select, input").forEach((field) => { field.value = ""; });
    apply();
  });

  document.getElementById("text").addEventListener("click", function (event) {
    const tag = event.target.closest(".tag");
    const mark = event.target.closest("mark:not(.off)");
    const number = tag ? tag.dataset.row
      : mark && mark.dataset.c.split(" ").filter((n) => !byNumber.get(n).parentElement.hidden).pop();
    if (!number) return;
    event.preventDefault();
    const row = byNumber.get(number);
    choose(row, false);
    row.scrollIntoView({ block: "nearest" });
    row.focus({ preventScroll: true });
  });
  rows.forEach(function (row) {
    row.addEventListener("click", function (event) {
      if (event.target.closest("summary")) return;
      const link = event.target.closest("a");
      if (link && !link.classList.contains("place")) return;
      if (link) event.preventDefault();
      choose(row, false);
      if (link || beside()) toText(row, Boolean(link));
    });
    row.addEventListener("focus", () => { if (row !== current) choose(row, false); });
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target;
    if (target.closest("input, select, textarea, button")) {
      if (event.key === "Escape") { target.blur(); if (current) current.focus(); }
      return;
    }
    const tag = target.closest(".tag");
    const keys = {
      j: () => step(1), k: () => step(-1),
      f: () => { box.open = true; form.querySelector("select, input").focus(); },
      "/": () => { box.open = true; find.focus(); },
      o: () => { if (current) { const more = current.querySelector("details"); more.open = !more.open; } },
      Escape: () => { if (tag) choose(byNumber.get(tag.dataset.row), true); },
      Enter: () => { if (target === current) toText(current, true); else return false; },
    };
    if (keys[event.key] && keys[event.key]() !== false) event.preventDefault();
  });

  function follow() {
    const found = /^#row-(\d+)$/.exec(location.hash);
    if (found) choose(byNumber.get(found[1]), true);
  }
  apply();
  follow();
  window.addEventListener("hashchange", follow);
  document.documentElement.dataset.ledger = "ready";
}());
