// The controls of a scenario. They keep their own state, so that a slider never waits for an answer;
// every change is told to the page, and the page sets all of them anew after undo, reset or a patch.

const BETWEEN = 40; // milliseconds between two changes that are told while a slider moves
const EXTRA = { judgement: "judgement", cited: "cited figure", calibrated: "calibrated" };

function written(value) {
  if (value === null || value === undefined || !isFinite(value)) return "";
  const text = Math.abs(value) >= 1000 ? String(Math.round(value * 10) / 10) : value.toPrecision(5);
  return text.includes("e") ? String(Number(text)) : String(parseFloat(text));
}

const Tip = {
  props: { id: String, lines: Array },
  template: `
    <div class="z-tip" role="tooltip" :id="id">
      <p v-for="line in lines">{{ line }}</p>
    </div>`,
};

// One number: a slider and a field beside it, held at a value or free.
const NumberRow = {
  components: { Tip },
  props: { id: String, item: Object, held: Number, kind: String },
  emits: ["change"],
  computed: {
    free() { return this.held === undefined; },
    value() { return this.free ? this.item.central : this.held; },
    spoken() {
      const number = `${written(this.value)} ${this.item.unit}`.trim();
      if (!this.free) return `held at ${number}`;
      return this.item.uncertain ? `free, central value ${number}` : `known value ${number}`;
    },
    lines() {
      const unit = this.item.unit || "no unit";
      const found = [`Unit: ${unit}. From ${written(this.item.low)} to ${written(this.item.high)}, ` +
        `central value ${written(this.item.central)}.`];
      const kind = EXTRA[this.item.kind] || this.item.kind;
      found.push(`Source (${kind}): ${this.item.source || "none given"}`);
      return found;
    },
  },
  methods: {
    written,
    slide(event, rest) {
      this.$emit("change", Number(event.target.value), rest);
    },
    type(event) {
      const value = Number(event.target.value);
      if (event.target.value === "" || !isFinite(value)) event.target.value = written(this.value);
      else this.$emit("change", value, true);
    },
  },
  template: `
    <div class="z-row" :class="{ changed: !free }" role="group" :aria-labelledby="id + '-name'">
      <div class="z-head">
        <span class="z-name" :id="id + '-name'">{{ item.title }}</span>
        <label class="z-hold"><input type="checkbox" :checked="!free"
          :aria-label="'Hold ' + item.title"
          @change="$emit('change', $event.target.checked ? item.central : null, true)">
          <span aria-hidden="true">{{ free ? "hold" : "held" }}</span></label>
      </div>
      <div class="z-move">
        <input type="range" :min="item.low" :max="item.high" :step="item.step || 'any'" :value="value"
          :class="{ free }" :aria-label="item.title" :aria-valuetext="spoken"
          :aria-describedby="id + '-tip'" :data-key="item.path"
          @input="slide($event, false)" @change="slide($event, true)">
        <input type="number" step="any" :value="written(value)" :aria-label="item.title + ', value'"
          :aria-describedby="id + '-tip'" :data-field="item.path" @change="type">
        <span class="z-unit">{{ item.unit }}</span>
      </div>
      <Tip :id="id + '-tip'" :lines="lines" />
    </div>`,
};

export default {
  components: { NumberRow, Tip },
  props: { levers: Array, groups: Array, claims: Array, state: Object },
  emits: ["change"],
  data() {
    return { now: this.copy(this.state), words: "", sheet: false, opened: {} };
  },
  created() { Object.assign(this, { told: 0, next: null, timer: null }); },
  beforeUnmount() { clearTimeout(this.timer); },
  computed: {
    main() { return this.groups.filter((group) => group.main); },
    folded() { return this.groups.filter((group) => !group.main); },
    searching() { return this.words.trim().length > 0; },
    found() {
      const words = this.words.toLowerCase().split(/\s+/).filter(Boolean);
      return this.groups.flatMap((group) => group.inputs.filter((item) => {
        const text = `${group.title} ${item.title} ${item.path} ${item.unit} ${item.source}`;
        return words.every((word) => text.toLowerCase().includes(word));
      }));
    },
    total() { return this.groups.reduce((sum, group) => sum + group.inputs.length, 0); },
    changes() {
      return ["inputs", "levers", "claims"].reduce(
        (sum, part) => sum + Object.keys(this.now[part]).length, 0);
    },
  },
  methods: {
    written,
    id(part, n) { return `z-${part}-${n}`; },
    copy(state) {
      return { inputs: { ...state.inputs }, levers: { ...state.levers }, claims: { ...state.claims } };
    },
    set(state) {
      clearTimeout(this.timer);
      this.timer = this.next = null;
      this.now = this.copy(state);
    },
    held(group) { return group.inputs.filter((item) => item.path in this.now.inputs).length; },
    change(part, key, value, rest) {
      if (value === null) delete this.now[part][key];
      else this.now[part][key] = value;
      this.tell({ part, key, value, rest });
    },
    // While a slider moves, at most one change in a while is told, the newest; at rest, at once.
    tell(change) {
      const due = this.told + BETWEEN - performance.now();
      const other = this.next && this.next.key !== change.key;
      if (other) this.send();
      this.next = change;
      if (change.rest || other || due <= 0) this.send();
      else if (!this.timer) this.timer = setTimeout(() => this.send(), due);
    },
    send() {
      clearTimeout(this.timer);
      this.timer = null;
      if (!this.next) return;
      this.$emit("change", this.next);
      this.next = null;
      this.told = performance.now();
    },
    dose(lever) { return lever.name in this.now.levers ? this.now.levers[lever.name] : null; },
    belief(claim) {
      const value = this.now.claims[claim.name];
      return value === undefined ? "unknown" : String(value);
    },
    believe(claim, text) {
      this.change("claims", claim.name, text === "unknown" ? null : text === "true", true);
    },
    leverLines(lever) {
      return [lever.changes, `Source: ${lever.source || "none given"}`].filter(Boolean);
    },
  },
  template: `
    <section class="z-controls" :class="{ open: sheet }" aria-label="Controls">
      <button type="button" class="z-sheet" :aria-expanded="sheet" @click="sheet = !sheet">
        <span>Controls</span>
        <span>{{ changes === 0 ? "base case" : changes === 1 ? "1 change" : changes + " changes" }}</span>
        <span aria-hidden="true">{{ sheet ? "▾" : "▴" }}</span>
      </button>
      <div class="z-body">
        <fieldset v-if="levers.length"><legend>Levers</legend>
          <div v-for="(lever, n) in levers" :key="lever.name" class="z-row"
            :class="{ changed: dose(lever) !== null }">
            <label class="z-switch">
              <input type="checkbox" role="switch" :checked="dose(lever) !== null"
                :aria-describedby="id('l', n)" :data-lever="lever.name"
                @change="change('levers', lever.name, $event.target.checked ? 1 : null, true)">
              <span class="z-track" aria-hidden="true"></span>
              <span>{{ lever.title }}<small v-if="lever.actor"> {{ lever.actor }}</small></span>
            </label>
            <div v-if="lever.has_dose && dose(lever) !== null" class="z-move">
              <input type="range" min="0" :max="lever.most" step="0.05" :value="dose(lever)"
                :aria-label="'Dose of ' + lever.title" :data-dose="lever.name"
                :aria-valuetext="'dose ' + written(dose(lever)) + ', 1 is as written'"
                @input="change('levers', lever.name, Number($event.target.value), false)"
                @change="change('levers', lever.name, Number($event.target.value), true)">
              <output>× {{ written(dose(lever)) }}</output>
            </div>
            <Tip :id="id('l', n)" :lines="leverLines(lever)" />
          </div>
        </fieldset>
        <div class="z-find">
          <label :for="id('q', 0)">Find a number</label>
          <input :id="id('q', 0)" type="search" v-model="words" autocomplete="off"
            placeholder="name, unit or source">
          <span role="status">{{ searching ? found.length + " of " + total : total + " numbers" }}</span>
        </div>
        <fieldset v-if="searching"><legend>Numbers found</legend>
          <NumberRow v-for="(item, n) in found.slice(0, 40)" :key="item.path" :id="id('f', n)"
            :item="item" :held="now.inputs[item.path]"
            @change="(value, rest) => change('inputs', item.path, value, rest)" />
          <p v-if="found.length > 40" class="z-note">The first 40 are shown; type more words.</p>
          <p v-if="!found.length" class="z-note">No number has these words.</p>
        </fieldset>
        <template v-else>
          <fieldset v-for="(group, g) in main" :key="group.title"><legend>{{ group.title }}</legend>
            <NumberRow v-for="(item, n) in group.inputs" :key="item.path" :id="id('m' + g, n)"
              :item="item" :held="now.inputs[item.path]"
              @change="(value, rest) => change('inputs', item.path, value, rest)" />
          </fieldset>
          <details v-for="(group, g) in folded" :key="group.title"
            @toggle="opened[group.title] = $event.target.open">
            <summary>{{ group.title }} <small>{{ group.inputs.length }}<template
              v-if="held(group)">, {{ held(group) }} held</template></small></summary>
            <template v-if="opened[group.title]">
              <NumberRow v-for="(item, n) in group.inputs" :key="item.path" :id="id('g' + g, n)"
                :item="item" :held="now.inputs[item.path]"
                @change="(value, rest) => change('inputs', item.path, value, rest)" />
            </template>
          </details>
        </template>
        <details v-if="claims.length" @toggle="opened['claims'] = $event.target.open">
          <summary>Claims: believed true, false, or unknown <small>{{ claims.length }}</small></summary>
          <template v-if="opened['claims']">
            <div v-for="(claim, n) in claims" :key="claim.name" class="z-row"
              :class="{ changed: belief(claim) !== 'unknown' }" role="radiogroup"
              :aria-labelledby="id('c', n) + '-name'" :aria-describedby="id('c', n)">
              <p class="z-says" :id="id('c', n) + '-name'">{{ claim.says }}</p>
              <p class="z-note">{{ claim.speaker }}</p>
              <div v-if="claim.testable" class="z-choice">
                <label v-for="choice in ['unknown', 'true', 'false']" :key="choice">
                  <input type="radio" :name="id('c', n)" :value="choice" :data-claim="claim.name"
                    :checked="belief(claim) === choice" @change="believe(claim, choice)">
                  <span>{{ choice }}</span></label>
              </div>
              <p v-else class="z-note">Cannot be assumed: {{ claim.why_not }}</p>
              <Tip :id="id('c', n)" :lines="['Source: ' + (claim.source || 'none given')]" />
            </div>
          </template>
        </details>
      </div>
    </section>`,
};
