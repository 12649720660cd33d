// One chart with its sentence, its mark and its numbers. New rows go into the drawn chart; only where
// the rest of the specification differs is it drawn again, behind the old one until it is ready.

const WAIT = 350; // milliseconds before an answer counts as late: no flicker while a slider moves

let script = null;
function vega() {
  if (!script) {
    script = new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = document.querySelector('meta[name="zopa-vega"]').content;
      element.onload = () => done(window.vegaEmbed);
      element.onerror = () => failed(new Error("the charts' script did not load"));
      document.head.append(element);
    });
  }
  return script;
}

const isDark = () => document.body.classList.contains("body--dark");

export default {
  props: {
    name: String, title: String, caption: String, mark: Object, table: Object, other: Object,
    links: Boolean, empty: String,
  },
  data() { return { shown: this.mark, drawings: 0 }; },
  watch: {
    mark(mark) {
      if (mark.kind === "stale" && this.shown.kind !== "stale") {
        this.waiting = mark; // news about the same lateness does not put it off
        this.late = this.late || setTimeout(() => { this.late = null; this.shown = this.waiting; }, WAIT);
      } else {
        clearTimeout(this.late);
        this.late = null;
        this.shown = mark;
      }
    },
    other(now, before) {
      if (!now !== !before) {
        if (!now) this.close(this.places.b);
        this.$nextTick(() => window.dispatchEvent(new Event("resize")));
      }
    },
  },
  created() {
    const place = () => ({ specs: {}, key: null, view: null, next: null, last: null, busy: false });
    this.places = { now: place(), b: place() };
  },
  mounted() {
    this.dark = isDark();
    this.observer = new MutationObserver(() => {
      if (this.dark === isDark()) return;
      this.dark = isDark();
      for (const [which, place] of Object.entries(this.places)) {
        place.key = null;
        if (place.last) this.draw(place.last, which);
      }
    });
    this.observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  },
  beforeUnmount() {
    clearTimeout(this.late);
    this.observer.disconnect();
    Object.values(this.places).forEach((place) => this.close(place));
  },
  methods: {
    close(place) {
      if (place.view) place.view.finalize();
      Object.assign(place, { view: null, key: null, next: null, last: null });
    },
    draw(payload, which) {
      const place = this.places[which];
      if (payload.spec && payload.key) place.specs[payload.key] = payload.spec;
      place.next = place.last = payload;
      if (!place.busy) this.work(place, which);
    },
    async work(place, which) {
      place.busy = true;
      while (place.next) {
        const payload = place.next;
        place.next = null;
        try {
          await this.$nextTick();
          await this.show(place, payload, which);
          this.drawings += 1;
        } catch (error) {
          console.error(`${this.name}: ${error.message}`);
        }
      }
      place.busy = false;
    },
    async show(place, payload, which) {
      if (place.view && payload.key && payload.key === place.key) {
        place.view.data("rows", payload.rows);
        await place.view.runAsync();
        return;
      }
      const box = which === "b" ? this.$refs.other : this.$refs.chart;
      if (!box) return;
      const spec = { ...(payload.key ? place.specs[payload.key] : payload.spec) };
      if (payload.key) spec.data = { name: "rows", values: payload.rows };
      const embed = await vega();
      const fresh = document.createElement("div");
      fresh.className = "z-fresh";
      box.append(fresh);
      const looks = window.zopaLooks;
      // thousands of dots are drawn again faster on a canvas
      const result = await embed(fresh, spec, {
        renderer: this.name === "zone" ? "canvas" : "svg", config: this.dark ? looks.dark : looks.light, downloadFileName: this.name,
        actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false },
        tooltip: { theme: this.dark ? "dark" : "light" },
      });
      fresh.querySelector("summary")?.setAttribute("aria-label", `Save the chart: ${this.title}`);
      const old = place.view;
      fresh.classList.remove("z-fresh");
      for (const child of [...box.children]) if (child !== fresh) child.remove();
      if (old) old.finalize();
      place.view = result.view;
      place.key = payload.key;
    },
  },
  template: `
    <figure class="z-panel" :class="[shown.kind, { two: other }]" :data-panel="name"
      :data-drawn="drawings > 0" :data-drawings="drawings" :aria-busy="shown.kind === 'stale' || shown.kind === 'solving'">
      <h3>{{ title }}</h3>
      <p class="z-mark"><span aria-hidden="true"></span>{{ shown.text }}</p>
      <p v-if="empty" class="z-empty">{{ empty }}</p>
      <div v-show="!empty" class="z-charts">
        <div><p v-if="other" class="z-which">Now</p>
          <div ref="chart" class="z-chart" role="img" :aria-label="title + '. ' + caption"></div></div>
        <div v-if="other" :class="{ late: other.kind === 'stale' || other.kind === 'solving' }">
          <p class="z-which">B <span>{{ other.mark }}</span></p>
          <div ref="other" class="z-chart" role="img" :aria-label="'B: ' + other.caption"></div></div>
      </div>
      <figcaption>{{ caption }}</figcaption>
      <p v-if="other" class="z-other"><b>B:</b> {{ other.caption }}</p>
      <details v-if="table"><summary>{{ links ? "Claims, verdicts and sources" : "Main numbers" }}</summary>
        <div class="z-scroll" tabindex="0" role="region" :aria-label="'Main numbers: ' + title">
        <table><thead><tr><th v-for="cell in table.header" scope="col">{{ cell }}</th></tr></thead>
          <tbody><tr v-for="row in table.rows"><template v-for="(cell, n) in row">
            <th v-if="n === 0" scope="row">{{ cell }}</th>
            <td v-else-if="cell && cell.url"><a :href="cell.url" target="_blank"
              rel="noopener noreferrer">{{ cell.text }}</a></td>
            <td v-else>{{ cell && cell.text !== undefined ? cell.text : cell }}</td>
          </template></tr></tbody></table></div></details>
    </figure>`,
};
