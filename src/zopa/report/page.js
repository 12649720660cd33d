"use strict";
(function () {
  const content = JSON.parse(document.getElementById("chart-data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;

  function draw() {
    const look = dark.matches ? content.dark : content.light;
    const waiting = Object.entries(content.specs).map(function ([name, spec]) {
      const place = document.getElementById("chart-" + name);
      return vegaEmbed(place, spec, {
        renderer: "svg",
        config: look,
        downloadFileName: name,
        actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false },
        tooltip: { theme: dark.matches ? "dark" : "light" },
      }).catch(function (error) {
        place.textContent = "This chart could not be drawn; its numbers are in the table.";
        console.error(name + ": " + error.message);
      });
    });
    return Promise.all(waiting).then(function () { root.dataset.charts = "drawn"; });
  }

  function openTarget() {
    if (!location.hash) return;
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    target.scrollIntoView();
  }

  function search() {
    const field = document.getElementById("input-search");
    const count = document.getElementById("input-count");
    if (!field) return;
    const rows = Array.from(document.querySelectorAll("#inputs tbody tr"));
    const texts = rows.map((row) => row.textContent.toLowerCase());
    field.addEventListener("input", function () {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach(function (row, i) {
        row.hidden = !words.every((word) => texts[i].includes(word));
        if (!row.hidden) shown += 1;
      });
      document.querySelectorAll("#inputs details.group").forEach(function (group) {
        const some = group.querySelector("tbody tr:not([hidden])") !== null;
        group.hidden = !some;
        group.open = words.length > 0 && some;
      });
      count.textContent = words.length ? shown + " of " + rows.length + " numbers" : "";
    });
  }

  draw();
  search();
  openTarget();
  window.addEventListener("hashchange", openTarget);
  dark.addEventListener("change", function () { draw(); });
}());
