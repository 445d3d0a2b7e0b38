// The conversation on the page: bubbles, cards, quick replies, what became of each message, opinions.

import { draw, tell } from "./cards.js";
import { clock, day, h, icon, paragraphs, spoken } from "./elements.js";

const RATED = ["answer", "verdicts", "case"];
const REASONS = { wrong: "내용이 틀려요", unclear: "이해하기 어려워요", not_mine: "제 상황과 달라요", too_long: "너무 길어요", other: "그 밖에" };

export class Messages {
  /** `on` has choose(reply), retry(id), discard(id), rate(messageId, rating, reason, comment) → Promise. */
  constructor(log, live, on) {
    Object.assign(this, { log, live, on });
    this.shown = new Map();
    this.lastDay = "";
  }

  clear() {
    this.log.replaceChildren();
    this.shown.clear();
    this.lastDay = "";
  }

  /** A message of the bot; `quiet` when it is an old one. Gives whether it was new here. */
  bot(message, { quiet = false } = {}) {
    if (this.shown.has(message.id)) return false;
    this.dropNotices(message.id);
    const card = draw(message.card, (reply) => this.on.choose(reply));
    if (!message.text && !card && !message.quick_replies?.length) return false;
    // The text is for whoever draws no cards: an answer's card has every word of it, openings have their own buttons.
    const retold = card && message.card.type === "answer";
    const replies = card && message.card.type === "openings" ? [] : message.quick_replies;
    const item = h("li", { class: "message bot", "data-id": message.id },
      spoken("동행봇:"),
      message.text && !retold && h("div", { class: "bubble" }, paragraphs(message.text)),
      card,
      this.below(message));
    this.dayLine(message.at);
    this.add(message.id, item);
    this.replies(replies, item);
    if (!quiet) this.live.say([!retold && message.text, tell(message.card), this.told(replies)].filter(Boolean).join(" "));
    return true;
  }

  /** A message of the person; `state` is sending, waiting, failed or nothing. */
  person(message, { state = "" } = {}) {
    const id = `me:${message.client_message_id}`;
    if (!this.shown.has(id)) {
      this.dayLine(message.at);
      this.add(id, h("li", { class: "message person" }, spoken("나:"),
        h("div", { class: "bubble" }, paragraphs(message.text)), h("p", { class: "state" })));
    }
    this.state(message.client_message_id, state, message.at);
  }

  /** Say under a message what became of it. */
  state(clientId, state, at, detail) {
    const item = this.shown.get(`me:${clientId}`);
    if (!item) return;
    item.dataset.state = state;
    const line = item.querySelector(".state");
    const again = h("button", { type: "button", class: "text", text: "다시 보내기", onclick: () => this.on.retry(clientId) });
    const away = h("button", { type: "button", class: "text", text: "지우기", onclick: () => this.on.discard(clientId) });
    line.replaceChildren(...{
      sending: ["보내는 중"], offline: ["연결되면 보낼게요 "], failed: ["보내지 못했어요 ", again, away],
      refused: [detail || "보낼 수 없는 메시지예요.", " ", away],
    }[state] || [h("time", { text: clock(at || new Date().toISOString()) })]);
    if (state === "failed") this.live.say("메시지를 보내지 못했어요. 다시 보내기 단추를 눌러 주세요.");
    if (state === "refused") this.live.say(detail || "");
    this.toEnd();
  }

  remove(clientId) {
    this.shown.get(`me:${clientId}`)?.remove();
    this.shown.delete(`me:${clientId}`);
  }

  /** Dots while the bot is at it. */
  typing(on) {
    const there = this.log.querySelector(".typing");
    if (on && !there) {
      this.log.append(h("li", { class: "typing" }, spoken("동행봇이 답을 쓰고 있어요"), h("span", { "aria-hidden": "true" }), h("span", { "aria-hidden": "true" }), h("span", { "aria-hidden": "true" })));
      this.toEnd();
    } else if (!on) {
      there?.remove();
    }
  }

  /** Buttons under the last message; those of earlier ones go away. */
  replies(replies, item) {
    this.log.querySelectorAll(".replies").forEach((old) => old.remove());
    if (!replies?.length) return;
    item.append(h("ul", { class: "replies", "aria-label": "골라서 답하기" }, replies.map((reply) =>
      h("li", {}, h("button", { type: "button", class: "choice", text: reply.title, onclick: () => this.on.choose(reply) })))));
    this.toEnd(item);
  }

  settle() {
    this.log.querySelectorAll(".replies").forEach((old) => old.remove());
  }

  told(replies) {
    return replies?.length ? `고를 수 있는 답: ${replies.map((reply) => reply.title).join(", ")}` : "";
  }

  below(message) {
    const line = h("div", { class: "below" }, h("time", { text: clock(message.at) }));
    if (message.text || message.card) line.append(this.copyButton(message));
    if (RATED.includes(message.card?.type)) line.append(...this.rating(message.id));
    return line;
  }

  copyButton(message) {
    const button = h("button", { type: "button", class: "tool", "aria-label": "이 답 복사", onclick: async () => {
      const parts = [...button.closest(".message").querySelectorAll(":scope > .bubble, :scope > .card")];
      const copied = await copy(seen(parts, () => parts.map((part) => part.innerText.trim()).join("\n\n")));
      button.lastChild.textContent = copied ? "복사했어요" : "복사 못 했어요";
      this.live.say(button.lastChild.textContent);
      setTimeout(() => { button.lastChild.textContent = "복사"; }, 2000);
    } }, icon("copy"), h("span", { text: "복사" }));
    return button;
  }

  rating(id) {
    const thumb = (rating, name, label) => h("button", { type: "button", class: "tool", "aria-label": label, "aria-pressed": "false", onclick: (event) => this.rate(id, rating, event.currentTarget) }, icon(name));
    return [thumb("up", "up", "도움이 됐어요"), thumb("down", "down", "아쉬워요")];
  }

  async rate(id, rating, button) {
    const item = this.shown.get(id);
    item.querySelectorAll("[aria-pressed]").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    item.querySelector(".reason")?.remove();
    if (rating === "up") {
      await this.thank(item, this.on.rate(id, "up"));
      return;
    }
    this.on.rate(id, "down");
    const name = `reason-${id}`;
    const form = h("form", { class: "reason", onsubmit: async (event) => {
      event.preventDefault();
      const chosen = form.querySelector("input:checked")?.value;
      const words = form.querySelector("textarea").value.trim();
      await this.thank(item, this.on.rate(id, "down", chosen, words));
      form.remove();
    } },
    h("fieldset", {}, h("legend", { text: "무엇이 아쉬웠나요?" }),
      Object.entries(REASONS).map(([value, label]) => h("label", {}, h("input", { type: "radio", name, value }), ` ${label}`))),
    h("label", {}, "덧붙일 말(선택)", h("textarea", { rows: "2", maxlength: "500" })),
    h("button", { type: "submit", class: "button", text: "의견 보내기" }));
    item.append(form);
    form.querySelector("input").focus();
    this.toEnd(form);
  }

  async thank(item, sent) {
    const words = (await sent) ? "의견 고마워요." : "의견을 보내지 못했어요.";
    item.querySelector(".thanks")?.remove();
    item.append(h("p", { class: "thanks", text: words }));
    this.live.say(words);
  }

  dropNotices(newId) {
    // "0.wait" stands in for the answer that is still to come.
    for (const [id, item] of this.shown) {
      if (id.endsWith(".wait") && id !== newId) {
        item.remove();
        this.shown.delete(id);
      }
    }
  }

  dayLine(at) {
    const today = day(at || new Date().toISOString());
    if (today && today !== this.lastDay) {
      this.lastDay = today;
      this.log.append(h("li", { class: "day" }, h("span", { text: today })));
    }
  }

  add(id, item) {
    this.shown.set(id, item);
    this.log.append(item);
    this.toEnd(item);
  }

  /** Bring the end into view, or the start of `item` when what comes from there on is higher than the window. */
  toEnd(item) {
    const box = this.log.parentElement;
    const tall = item && box.scrollHeight - item.offsetTop > box.clientHeight;
    const top = tall ? item.offsetTop - 8 : box.scrollHeight;
    box.scrollTo({ top, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  /** The conversation as plain text. */
  text() {
    return seen([this.log], () => [...this.log.children].filter((item) => !item.classList.contains("typing")).map((item) => {
      const who = item.classList.contains("person") ? "나: " : item.classList.contains("bot") ? "동행봇: " : "";
      const parts = [...item.querySelectorAll(":scope > .bubble, :scope > .card")].map((part) => part.innerText.trim());
      return parts.length ? `${who}${parts.join("\n")}` : item.innerText.trim();
    }).filter(Boolean).join("\n\n"));
  }
}

/** What `read` gives while everything inside `parts` is folded out and the words for listeners are put away. */
function seen(parts, read) {
  const folded = parts.flatMap((part) => [...part.querySelectorAll("details:not([open])")]);
  folded.forEach((one) => { one.open = true; });
  document.documentElement.classList.add("reading");
  const text = read();
  document.documentElement.classList.remove("reading");
  folded.forEach((one) => { one.open = false; });
  return text;
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Frames are often not allowed the clipboard: select and copy the old way.
    const field = h("textarea", { class: "spoken", "aria-hidden": "true", tabindex: "-1" });
    field.value = words;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
