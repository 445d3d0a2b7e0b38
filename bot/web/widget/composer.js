// Typing and sending. Enter sends once and whole while Hangul is being composed, in whichever order the
// browser tells of it:
//   macOS Chrome    keydown(229, composing) → compositionend → a line break is put in
//   Windows Chrome  keydown(229, composing) → compositionend → keydown(13)
//   Safari          compositionend → keydown(229, not composing)
// So an Enter during composition is remembered and carried out after compositionend, from the value there is
// then; whatever else the same key press brings (line break, second keydown) is ignored until the key is up.

const HANGUL_END = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]$/;
const SAME_PRESS_MS = 200;
const KEY_UP_MS = 500;

export class Composer {
  /** `send(text)` gets what is to be said, trimmed and never empty. */
  constructor(form, textarea, send, limit, tooLong) {
    Object.assign(this, { textarea, send, limit, tooLong });
    this.composing = false;
    this.enterWaits = false;
    this.endedAt = -Infinity;
    this.endedWithHangul = false;
    this.ignoring = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
      textarea.focus();
    });
    textarea.addEventListener("compositionstart", () => { this.composing = true; });
    textarea.addEventListener("compositionend", (event) => this.onCompositionEnd(event));
    textarea.addEventListener("keydown", (event) => this.onKeyDown(event));
    textarea.addEventListener("keyup", (event) => { if (event.key === "Enter" || event.keyCode === 13) this.ignoring = false; });
    textarea.addEventListener("beforeinput", (event) => this.onBeforeInput(event));
    textarea.addEventListener("input", () => this.grow());
    textarea.addEventListener("blur", () => { this.enterWaits = false; this.ignoring = false; });
  }

  onKeyDown(event) {
    const enter = event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter" || event.keyCode === 13;
    if (!enter || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (this.ignoring) {
      event.preventDefault();
    } else if (this.composing || event.isComposing) {
      this.enterWaits = true;
    } else if (event.keyCode === 229) {
      // Safari: the composition that this Enter ended is over by a moment. One that ended in a 한자 was a choice.
      if (event.timeStamp - this.endedAt > SAME_PRESS_MS || !this.endedWithHangul) return;
      event.preventDefault();
      this.submit();
    } else {
      event.preventDefault();
      if (!event.repeat) this.submit();
    }
  }

  onCompositionEnd(event) {
    this.composing = false;
    this.endedAt = event.timeStamp;
    this.endedWithHangul = HANGUL_END.test(event.data || "");
    if (!this.enterWaits) return;
    this.enterWaits = false;
    if (!this.endedWithHangul) return;
    this.ignoreThisPress();
    // After the browser has put the last syllable into the value.
    setTimeout(() => this.submit(), 0);
  }

  onBeforeInput(event) {
    if (this.ignoring && (event.inputType === "insertLineBreak" || event.inputType === "insertParagraph")) event.preventDefault();
  }

  ignoreThisPress() {
    this.ignoring = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.ignoring = false; }, KEY_UP_MS);
  }

  submit() {
    const text = this.textarea.value.trim();
    if (!text) return;
    if (text.length > this.limit) {
      this.tooLong(text.length);
      return;
    }
    this.textarea.value = "";
    this.grow();
    this.send(text);
  }

  /** As high as its text, up to what the stylesheet allows. */
  grow() {
    this.textarea.rows = 1;
    const line = parseFloat(getComputedStyle(this.textarea).lineHeight) || 24;
    const padding = this.textarea.offsetHeight - line;
    this.textarea.rows = Math.max(1, Math.min(5, Math.round((this.textarea.scrollHeight - padding + line * 0.2) / line)));
  }
}
