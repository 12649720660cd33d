// Link, patch and command that reproduce the present setting; and a place to load a patch.
// The setting is kept in the tab, and nowhere else, so that it outlives a lost connection.
const KEPT = "zopa setting";

export default {
  props: { query: String, patch: String, command: String, fault: String },
  emits: ["load", "restore"],
  data() { return { said: "", text: "" }; },
  computed: {
    link() {
      return window.location.origin + window.location.pathname + (this.query ? "?" + this.query : "");
    },
  },
  mounted() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    if (kept && kept.opened === window.location.search && kept.query !== this.query) {
      this.$emit("restore", kept.query);
    }
  },
  watch: {
    query(query) {
      sessionStorage.setItem(KEPT, JSON.stringify({ opened: window.location.search, query }));
    },
  },
  methods: {
    async copy(what, name) {
      const field = this.$refs[what];
      try {
        await navigator.clipboard.writeText(field.value);
        this.said = `${name} copied.`;
      } catch (error) {
        field.focus();
        field.select();
        this.said = "Copy the marked text.";
      }
    },
    save() {
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(new Blob([this.patch], { type: "application/yaml" }));
      anchor.download = "patch.yaml";
      anchor.click();
      URL.revokeObjectURL(anchor.href);
      this.said = "patch.yaml is saved.";
    },
    async open(event) {
      const file = event.target.files[0];
      if (file && file.size < 200000) this.text = await file.text();
      event.target.value = "";
      if (this.text) this.$emit("load", this.text);
    },
  },
  template: `
    <details class="z-share"><summary>Link, patch and command</summary>
      <p class="z-note">The link and the patch hold the numbers of this setting: share them with care.</p>
      <label for="z-link">Link</label>
      <div class="z-copy"><input id="z-link" ref="link" readonly :value="link">
        <button type="button" @click="copy('link', 'The link is')">Copy link</button></div>
      <label for="z-patch">Patch, as YAML</label>
      <div class="z-copy"><textarea id="z-patch" ref="patch" readonly :value="patch"
          :rows="Math.min(12, patch.split('\\n').length)"></textarea>
        <button type="button" @click="copy('patch', 'The patch is')">Copy</button>
        <button type="button" @click="save">Download</button></div>
      <label for="z-command">The same numbers from the command line</label>
      <div class="z-copy"><input id="z-command" ref="command" readonly :value="command">
        <button type="button" @click="copy('command', 'The command is')">Copy</button></div>
      <p role="status" class="z-note">{{ said }}</p>
      <label for="z-load">Load a patch</label>
      <div class="z-copy"><textarea id="z-load" v-model="text" rows="4"
          placeholder="inputs:&#10;  path: value"></textarea>
        <button type="button" @click="$emit('load', text)">Load</button>
        <label class="z-file">From a file<input type="file" accept=".yaml,.yml" @change="open"></label></div>
      <p v-if="fault" role="alert" class="z-fault">{{ fault }}</p>
    </details>`,
};
