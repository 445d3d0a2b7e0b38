// Talking with the page that frames us (its part is embed.js). Only the one origin the server has allowed is heard
// and spoken to; nothing of the conversation is ever told.

export class Host {
  constructor(origin) {
    this.origin = origin;
    this.embedded = Boolean(origin) && parent !== window;
  }

  tell(type, more = {}) {
    if (this.embedded) parent.postMessage({ donghaeng: 1, type, ...more }, this.origin);
  }

  /** `listener(type)` for what the host's loader says: open, focus-first, focus-last. */
  listen(listener) {
    if (!this.embedded) return;
    addEventListener("message", (event) => {
      if (event.source !== parent || event.origin !== this.origin || event.data?.donghaeng !== 1) return;
      if (typeof event.data.type === "string") listener(event.data.type);
    });
  }
}
