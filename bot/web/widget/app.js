// The widget put together: opening or resuming the conversation, the outbox, and what the tools do.

import { lookAt, openSession, Refused, sendFeedback, sendMessage, Unreachable } from "./api.js";
import { Composer } from "./composer.js";
import { h } from "./elements.js";
import { Host } from "./host.js";
import { LiveRegion } from "./live.js";
import { Messages } from "./messages.js";
import { solve } from "./proof.js";
import { randomId, Store } from "./store.js";
import { download, Panel, print, TextSize } from "./tools.js";

const RETRY_MS = [1000, 3000, 8000, 20000, 60000];
const LOOK_MS = [3000, 5000, 10000, 20000];
const TYPING_AFTER_MS = 250;
const MESSAGE_LENGTH = 1000;

const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

class App {
  constructor() {
    const { key, parent, accent, accentDark } = root.dataset;
    root.style.setProperty("--accent-light", accent);
    root.style.setProperty("--accent-dark", accentDark);
    this.key = key;
    this.store = new Store(key || "own");
    this.host = new Host(parent);
    this.live = new LiveRegion([$("live-a"), $("live-b")]);
    this.messages = new Messages($("log"), this.live, {
      choose: (reply) => this.choose(reply), retry: (id) => this.retry(id), discard: (id) => this.discard(id),
      rate: (id, rating, reason, comment) => this.rate(id, rating, reason, comment),
    });
    this.composer = new Composer($("composer"), $("text"), (text) => this.say({ text }), MESSAGE_LENGTH, (length) => this.tooLong(length));
    this.person = new Panel($("person"), $("person-panel"));
    this.menu = new Panel($("menu"), $("menu-panel"));
    this.size = new TextSize($("size"), this.store);
    this.tools();
    this.edges();
    this.pumping = false;
  }

  tools() {
    const quick = (id, text) => $(id).addEventListener("click", () => {
      this.person.close();
      this.menu.close();
      this.say({ text });
      $("text").focus();
    });
    quick("ask-person", "상담원 연결해 주세요");
    quick("plain", "쉬운 말로 해 주세요");
    $("download").addEventListener("click", () => { this.menu.close(true); download(this.messages.text()); });
    $("print").addEventListener("click", () => { this.menu.close(true); print($("log")); });
    $("renew").addEventListener("click", () => { this.menu.close(); $("renew-dialog").showModal(); });
    $("renew-dialog").addEventListener("close", () => {
      if ($("renew-dialog").returnValue === "yes") this.renew();
      else $("menu").focus();
    });
    $("close").addEventListener("click", () => this.close());
    $("close").hidden = !this.host.embedded;
  }

  edges() {
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (this.person.open) this.person.close(true);
      else if (this.menu.open) this.menu.close(true);
      else if (this.host.embedded && !$("renew-dialog").open) this.close();
    });
    // On a partner's page the open widget is a dialog: Tab goes around in it, Esc leaves it.
    addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || !this.host.embedded || $("renew-dialog").open) return;
      const stops = [...document.querySelectorAll("a[href], button:not([disabled]), textarea, summary, input, [tabindex='0']")]
        .filter((one) => one.offsetParent !== null);
      const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
      if (document.activeElement === from || document.activeElement === document.body) {
        event.preventDefault();
        to.focus();
      }
    });
    this.host.listen((type) => {
      if (type === "open") $("text").focus();
    });
    addEventListener("online", () => { this.connected(true); this.pump(); });
    addEventListener("offline", () => this.connected(false));
    this.store.onOtherTab((state) => {
      if (state.session?.id !== this.session?.id) this.start();
      else if (state.changed !== this.changed) this.refresh();
    });
    document.addEventListener("visibilitychange", () => { if (!document.hidden && this.session && !this.pumping) this.refresh(); });
    this.connected(navigator.onLine);
  }

  connected(on) {
    if (on === this.online) return;
    const known = this.online !== undefined;
    this.online = on;
    $("offline").hidden = on;
    if (known) this.live.say(on ? "인터넷에 다시 연결됐어요." : $("offline").textContent);
  }

  // The conversation

  async start() {
    this.session = this.store.session;
    this.messages.clear();
    if (this.session && await this.refresh({ quiet: true })) return this.pump();
    return this.open();
  }

  async open() {
    for (let attempt = 0; !this.session; attempt += 1) {
      this.messages.typing(true);
      try {
        const opened = await openSession(this.key);
        this.session = { id: opened.session_id, token: opened.token };
        this.store.session = this.session;
        this.take(opened, { quiet: attempt === 0 && !this.host.embedded });
      } catch (error) {
        if (error instanceof Refused && error.status < 500 && error.status !== 429) {
          this.messages.typing(false);
          this.tellProblem(error.message);
          return;
        }
        this.connected(error instanceof Refused);
        if (error.retryAfter) this.tellProblem(error.message); // too many people just now
        await wait(Math.max((error.retryAfter || 0) * 1000, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]));
      }
    }
    this.connected(true);
    await this.pump();
  }

  /** Show what the server has. False when the conversation is gone. */
  async refresh({ quiet = false } = {}) {
    const { session } = this;
    let found;
    try {
      found = await lookAt(session);
    } catch (error) {
      if (session !== this.session) return true;
      if (error instanceof Refused && (error.status === 401 || error.status === 404)) {
        this.forget();
        return false;
      }
      this.connected(error instanceof Refused);
      this.lookLater();
      return true;
    }
    if (session !== this.session) return true;
    this.connected(true);
    for (const message of found.messages) {
      if (message.from === "person") this.messages.person(message);
      else this.messages.bot(message, { quiet });
      if (message.from === "person") this.store.drop(message.client_message_id);
    }
    const last = found.messages.at(-1);
    if (last?.from === "person") this.messages.settle();
    this.waiting(found.waiting);
    return true;
  }

  /** Look again soon while an answer is still to come. */
  waiting(on) {
    if (!on) {
      this.looks = 0;
      clearTimeout(this.looking);
    } else {
      this.lookLater();
    }
  }

  lookLater() {
    clearTimeout(this.looking);
    this.looks = (this.looks || 0) + 1;
    this.looking = setTimeout(() => this.session && this.refresh(), LOOK_MS[Math.min(this.looks, LOOK_MS.length) - 1]);
  }

  take(answer, { quiet = false } = {}) {
    this.messages.typing(false);
    const fresh = answer.messages.filter((message) => this.messages.bot(message, { quiet }));
    if (fresh.length) this.messages.toEnd(this.messages.shown.get(fresh[0].id));
    this.waiting(answer.waiting);
    this.changed = Date.now();
    this.store.write({ changed: this.changed });
  }

  forget() {
    this.session = null;
    this.store.session = null;
  }

  async renew() {
    this.store.write({ outbox: [] });
    this.forget();
    this.messages.clear();
    $("text").focus();
    await this.open();
  }

  // Saying something

  choose({ title, payload }) {
    this.say({ payload, title });
    $("text").focus();
  }

  say({ text, payload, title }) {
    const message = { id: randomId(), text, payload, title, at: new Date().toISOString() };
    this.store.keep(message);
    this.messages.settle();
    this.showWaiting(message);
    this.pump();
  }

  showWaiting(message, state = this.online ? "sending" : "offline") {
    this.messages.person({ client_message_id: message.id, text: message.title || message.text, at: message.at }, { state });
  }

  /** Send what is in the outbox, one after the other, until it is empty or the line is dead. */
  async pump() {
    if (this.pumping || !this.session) return;
    this.pumping = true;
    try {
      for (let attempt = 0; this.store.outbox.length > 0;) {
        const [message] = this.store.outbox;
        if (message.failed && this.store.outbox.every((one) => one.failed)) break;
        const next = this.store.outbox.find((one) => !one.failed);
        const outcome = await this.deliver(next);
        if (outcome === "again") {
          attempt += 1;
          if (attempt > 2) {
            this.fail(next);
            break;
          }
          await wait(RETRY_MS[attempt - 1]);
        } else if (outcome === "stop") {
          break;
        } else {
          attempt = 0;
        }
      }
    } finally {
      this.pumping = false;
      this.messages.typing(false);
    }
  }

  /** Gives done, again or stop. */
  async deliver(message) {
    this.showWaiting(message);
    const typing = setTimeout(() => this.messages.typing(true), TYPING_AFTER_MS);
    try {
      const answer = await this.post(message);
      clearTimeout(typing);
      this.store.drop(message.id);
      this.messages.state(message.id, "", message.at);
      this.connected(true);
      this.take(answer);
      return "done";
    } catch (error) {
      clearTimeout(typing);
      this.messages.typing(false);
      if (error instanceof Unreachable) {
        this.connected(navigator.onLine);
        if (!navigator.onLine) {
          this.messages.state(message.id, "offline", message.at);
          return "stop";
        }
        return "again";
      }
      if (!(error instanceof Refused)) throw error;
      return this.refused(message, error);
    }
  }

  async post(message, proof) {
    const { id, text, payload } = message;
    try {
      return await sendMessage(this.session, { client_message_id: id, ...(payload ? { payload } : { text }), ...(proof && { proof }) });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 428 || proof) throw error;
      return this.post(message, await solve(error.problem.challenge));
    }
  }

  async refused(message, error) {
    if (error.status === 401 || error.status === 404) {
      // The conversation has expired: the message goes into a new one.
      this.forget();
      this.messages.clear();
      if (message.payload) this.store.drop(message.id);
      queueMicrotask(() => this.open());
      return "stop";
    }
    if (error.status === 429 || (error.status === 503 && error.retryAfter)) {
      if (error.status === 503) this.tellProblem(error.message);
      await wait(Math.min(error.retryAfter || 2, 60) * 1000);
      return "done";
    }
    if (error.status >= 500) return "again";
    this.store.drop(message.id);
    this.messages.state(message.id, "refused", message.at, error.message);
    return "done";
  }

  fail(message) {
    this.store.keep({ ...message, failed: true });
    this.messages.state(message.id, "failed", message.at);
  }

  retry(id) {
    const message = this.store.outbox.find((one) => one.id === id);
    if (!message) return;
    this.store.keep({ ...message, failed: false });
    $("text").focus();
    this.pump();
  }

  discard(id) {
    this.store.drop(id);
    this.messages.remove(id);
    $("text").focus();
  }

  tooLong(length) {
    this.tellProblem(`한 번에 ${MESSAGE_LENGTH.toLocaleString("ko-KR")}자까지 보낼 수 있어요. 지금 ${length.toLocaleString("ko-KR")}자예요. 나눠서 보내 주세요.`);
  }

  tellProblem(text) {
    $("problem").replaceChildren(h("span", { text }));
    $("problem").hidden = false;
    this.live.say(text);
    clearTimeout(this.problemTimer);
    this.problemTimer = setTimeout(() => { $("problem").hidden = true; }, 8000);
  }

  async rate(messageId, rating, reason, comment) {
    try {
      await sendFeedback(this.session, { message_id: messageId, rating, ...(reason && { reason }), ...(comment && { comment }) });
      return true;
    } catch {
      return false;
    }
  }

  close() {
    this.host.tell("close");
  }
}

const app = new App();
app.store.outbox.forEach((message) => app.store.keep({ ...message, failed: false }));
app.host.tell("ready");
app.start().then(() => app.store.outbox.forEach((message) => app.showWaiting(message)));
