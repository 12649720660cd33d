// A small table; all of it is text.
export default {
  props: { title: String, header: Array, rows: Array },
  template: `
    <div class="z-scroll" tabindex="0" role="region" :aria-label="title">
      <table><caption class="z-hidden">{{ title }}</caption>
        <thead><tr><th v-for="cell in header" scope="col">{{ cell }}</th></tr></thead>
        <tbody><tr v-for="row in rows"><template v-for="(cell, n) in row">
          <th v-if="n === 0" scope="row">{{ cell }}</th><td v-else>{{ cell }}</td>
        </template></tr></tbody></table>
    </div>`,
};
