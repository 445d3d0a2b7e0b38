// Building the page out of elements and text. Nothing here or elsewhere ever parses HTML:
// what people and the bot say becomes text nodes, addresses are checked, and icons are drawn.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  send: "M3 20.5v-7l9-1.5-9-1.5v-7L22 12z",
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
  phone: "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.3 11.4 11.4 0 0 0 3.6.6 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11.4 11.4 0 0 0 .6 3.6 1 1 0 0 1-.3 1z",
  person: "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zm0 2c-4.4 0-8 2.2-8 5v2h16v-2c0-2.8-3.6-5-8-5z",
  up: "M2 21h4V9H2zm20-11a2 2 0 0 0-2-2h-6.3l1-4.6v-.3c0-.4-.2-.8-.4-1.1L13.2 1 6.6 7.6C6.2 8 6 8.5 6 9v10a2 2 0 0 0 2 2h9c.8 0 1.5-.5 1.8-1.2l3-7.1c.1-.2.2-.5.2-.7z",
  down: "M22 3h-4v12h4zM2 14a2 2 0 0 0 2 2h6.3l-1 4.6v.3c0 .4.2.8.4 1.1l1.1 1 6.6-6.6c.4-.4.6-.9.6-1.4V5a2 2 0 0 0-2-2H7c-.8 0-1.5.5-1.8 1.2l-3 7.1c-.1.2-.2.5-.2.7z",
  copy: "M16 1H4a2 2 0 0 0-2 2v14h2V3h12zm3 4H8a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2zm0 16H8V7h11z",
  calendar: "M19 4h-1V2h-2v2H8V2H6v2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V6a2 2 0 0 0-2-2zm0 16H5V10h14z",
  info: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-6h2zm0-8h-2V7h2z",
  warning: "M1 21h22L12 2zm12-3h-2v-2h2zm0-4h-2v-4h2z",
};

/** An element. `props` are attributes, except `on*` (listeners), `class` and `text`; children are nodes or text. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** A decorative icon. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Text only for those who listen. */
export const spoken = (text) => h("span", { class: "spoken", text });

/** The address if it may be linked to (https, or a path of ours), else null. */
export function safeAddress(address) {
  if (typeof address !== "string") return null;
  try {
    const url = new URL(address, location.origin);
    return url.protocol === "https:" || url.origin === location.origin ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens beside the conversation; plain text where the address is none to go to. */
export function link(text, address, props = {}) {
  const href = safeAddress(address);
  if (!href) return document.createTextNode(text);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", ...props }, text, spoken(" (새 창)"));
}

/** A link that calls. `number` is as people read it. */
export function call(number, label = number, props = {}) {
  return h("a", { href: `tel:${String(number).replace(/[^0-9+]/g, "")}`, ...props }, label);
}

// Phone numbers and https addresses inside a text; everything else stays text.
const LINKABLE = /(https:\/\/[^\s<>"'()]+[^\s<>"'().,!?…·]|(?<![\d-])(?:1350|0\d{1,2}-\d{3,4}-\d{4}|1\d{3}-\d{4})(?![\d-]))/g;

/** A text as paragraphs, with its phone numbers and addresses linked. */
export function paragraphs(text) {
  return String(text).split(/\n{2,}/).map((part) => h("p", {}, linked(part)));
}

/** Text and links of one line or several. */
export function linked(text) {
  return String(text).split(LINKABLE).map((part, place) => {
    if (place % 2 === 0) return part;
    return part.startsWith("https://") ? link(part, part) : call(part);
  });
}

/** "오후 2:05" of an ISO time. */
export function clock(iso) {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "" : new Intl.DateTimeFormat("ko-KR", { hour: "numeric", minute: "2-digit", timeZone: "Asia/Seoul" }).format(moment);
}

/** "2026년 11월 23일 월요일" of an ISO time. */
export function day(iso) {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "" : new Intl.DateTimeFormat("ko-KR", { dateStyle: "full", timeZone: "Asia/Seoul" }).format(moment);
}
