// What is around the conversation: the menu, the way to a person, text size, download, print, starting anew.

import { h } from "./elements.js";

const SIZES = ["보통", "크게", "아주 크게"];

/** A button that opens a small panel below it; Esc, a click elsewhere or leaving it closes it. */
export class Panel {
  constructor(button, panel) {
    Object.assign(this, { button, panel });
    button.addEventListener("click", () => this.toggle());
    panel.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !panel.contains(event.relatedTarget) && event.relatedTarget !== button) this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) this.close();
    });
  }

  get open() { return !this.panel.hidden; }

  toggle() {
    if (this.open) this.close(true);
    else {
      this.panel.hidden = false;
      this.button.setAttribute("aria-expanded", "true");
      this.panel.querySelector("a, button")?.focus();
    }
  }

  close(back = false) {
    if (!this.open) return;
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (back) this.button.focus();
  }
}

/** Text in three sizes, kept for the next visit. */
export class TextSize {
  constructor(button, store) {
    Object.assign(this, { button, store });
    this.set(store.read().size || 0);
    button.addEventListener("click", () => this.set((this.size + 1) % SIZES.length));
  }

  set(size) {
    this.size = size;
    document.documentElement.dataset.size = String(size);
    this.button.textContent = `글자 크기: ${SIZES[size]}`;
    this.store.write({ size });
  }
}

/** Give the person the conversation as a text file. */
export function download(text) {
  const day = new Date().toISOString().slice(0, 10);
  const address = URL.createObjectURL(new Blob(["\ufeff", text, "\n"], { type: "text/plain;charset=utf-8" }));
  const anchor = h("a", { href: address, download: `동행봇-상담-${day}.txt` });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Print the conversation with everything folded out. */
export function print(log) {
  const folded = [...log.querySelectorAll("details:not([open])")];
  folded.forEach((one) => { one.open = true; });
  window.print();
  folded.forEach((one) => { one.open = false; });
}
