// What this browser remembers between visits: which conversation it has, what it has not sent yet, how large the
// text is. The conversation itself stays on the server. Without storage (blocked, private) it lives as long as the page.

export class Store {
  constructor(name) {
    this.name = `donghaeng:${name}`;
    this.memory = {};
    this.listeners = [];
    addEventListener("storage", (event) => {
      if (event.key === this.name) this.listeners.forEach((listener) => listener(this.read()));
    });
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) || this.memory;
    } catch {
      return this.memory;
    }
  }

  /** Change some of it; the rest stays. */
  write(changes) {
    this.memory = { ...this.read(), ...changes };
    try {
      localStorage.setItem(this.name, JSON.stringify(this.memory));
    } catch {
      // Storage is full or forbidden: memory has to do.
    }
  }

  /** `listener(state)` when another tab has changed it. */
  onOtherTab(listener) {
    this.listeners.push(listener);
  }

  get session() { return this.read().session || null; }
  set session(session) { this.write({ session }); }
  get outbox() { return this.read().outbox || []; }

  keep(message) { this.write({ outbox: [...this.outbox.filter((one) => one.id !== message.id), message] }); }
  drop(id) { this.write({ outbox: this.outbox.filter((one) => one.id !== id) }); }
}

/** A random id, also where crypto.randomUUID is missing (plain http). */
export function randomId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
