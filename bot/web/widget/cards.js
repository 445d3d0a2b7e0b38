// The typed cards of the chat API (v 1), each drawn from its fields. A card of a type not known here is
// not shown: its message's text stands alone.

import { call, h, icon, link, linked, paragraphs, safeAddress, spoken } from "./elements.js";

const STATUS = {
  eligible: ["good", "받을 수 있어요"], check: ["good", "조건 확인 필요"], possible: ["maybe", "알아봐야 해요"],
  ineligible: ["none", "해당 없음"], not_in_force: ["none", "확인된 기간 밖"],
};
const PARTIES = { eligible: 0, check: 1, possible: 2, not_in_force: 3, ineligible: 4 };
const OUTCOME = { met: "맞음", unmet: "안 맞음", unknown: "아직 모름" };
const DAYS_SHOWN = 4;
const CALL_CENTER = { label: "고용노동부 고객상담센터", number: "1350" };

const list = (items, draw = (item) => linked(item)) => h("ul", {}, items.map((item) => h("li", {}, draw(item))));
const section = (title, ...content) => [h("h3", { text: title }), ...content];
const has = (items) => Array.isArray(items) && items.length > 0;
const caution = (text) => text && h("p", { class: "caution" }, icon("warning"), spoken("주의: "), h("span", {}, linked(text)));

function foot(card) {
  const sources = (card.sources || [card.source]).filter(Boolean);
  if (!sources.length && !card.checked_on) return null;
  return h("p", { class: "foot" }, [
    ...sources.flatMap((source, place) => [place ? " · " : "출처 ", link(source.title || source.url, source.url)]),
    ...(card.checked_on ? [sources.length ? " · " : "", h("span", { class: "date", text: `${card.checked_on} 확인` })] : []),
  ]);
}

function phones(numbers) {
  return h("ul", { class: "phones" }, (has(numbers) ? numbers : [CALL_CENTER]).map(({ label, number }) =>
    h("li", {}, call(number, [icon("phone"), h("span", {}, label ? `${label} ` : "", h("b", { text: number })), spoken(" 전화 걸기")], { class: "button" }))));
}

function answer(card) {
  return [card.title && h("h2", { text: card.title }), ...(card.paragraphs || []).flatMap(paragraphs),
    card.basis && h("p", { class: "date", text: card.basis }), caution(card.caution), foot(card)];
}

function reason(why) {
  const [mark, word] = { met: ["✓", "good"], unmet: ["✕", "none"], unknown: ["?", "maybe"] }[why.outcome] || ["·", ""];
  return [h("span", { class: `outcome ${word}`, "aria-hidden": "true", text: mark }), spoken(`${OUTCOME[why.outcome] || ""}: `),
    h("span", {}, linked(why.text), why.reference?.law && [" ", h("small", {}, "(", link(why.reference.law, why.reference.url), ")")])];
}

function verdict(item) {
  const [tone, word] = STATUS[item.status] || ["maybe", item.status];
  const more = [
    has(item.why) && section("왜 그런가요", h("ul", { class: "why" }, item.why.map((why) => h("li", {}, reason(why))))),
    item.next_step && section("다음에 할 일", ...paragraphs(item.next_step)),
    item.deadline?.text && section("기한", ...paragraphs(item.deadline.text)),
    has(item.documents) && section("서류", list(item.documents)),
    has(item.to_check) && section("사람이 확인할 것", list(item.to_check)),
    has(item.would_change) && section("이러면 달라져요", list(item.would_change)),
    has(item.excludes) && section("함께 받을 수 없는 제도", list(item.excludes, (other) => [h("b", { text: other.name || other.program }), other.note && [" ", ...linked(other.note)]])),
  ].filter(Boolean).flat();
  return h("li", { class: `verdict ${tone}` },
    h("h3", { class: "name" }, h("span", { class: `badge ${tone}`, text: item.status_ko || word }), " ", item.name),
    item.headline && h("p", { class: "headline" }, linked(item.headline)),
    item.deadline?.text && h("p", { class: "due" }, icon("calendar"), h("span", {}, linked(item.deadline.text))),
    caution(item.caution),
    more.length > 0 && h("details", {}, h("summary", {}, "이유 · 서류 · 기한", spoken(` — ${item.name}`)), h("div", { class: "more" }, more)),
    foot(item));
}

function verdicts(card) {
  const sorted = [...(card.verdicts || [])].sort((one, other) => (PARTIES[one.status] ?? 2) - (PARTIES[other.status] ?? 2));
  const open = sorted.filter((item) => PARTIES[item.status] < 3 || !(item.status in PARTIES));
  const closed = sorted.filter((item) => !open.includes(item));
  return [
    h("h2", { text: open.length ? `살펴볼 제도 ${open.length}개` : "지금 조건으로 받을 수 있는 제도를 찾지 못했어요" }),
    card.best?.text && h("div", { class: "best" }, h("h3", { text: Number.isFinite(card.best.total) ? "이렇게 하는 게 가장 유리해요" : "함께 살펴볼 것" }), paragraphs(card.best.text), has(card.best.lines) && list(card.best.lines)),
    open.length > 0 && h("ul", { class: "verdicts" }, open.map(verdict)),
    closed.length > 0 && h("details", { class: "closed" }, h("summary", { text: `이번엔 해당하지 않는 제도 ${closed.length}개` }), h("ul", { class: "verdicts" }, closed.map(verdict))),
    card.as_of && h("p", { class: "foot", text: `${card.as_of} 기준으로 살펴봤어요. 최종 결정은 고용센터가 해요.` }),
  ];
}

function openings(card, choose) {
  const days = card.days || [];
  const one = (day) => h("li", {},
    h("h3", { text: day.label || day.date }),
    h("ul", { class: "times" }, (day.times || []).map((time) =>
      h("li", {}, h("button", { type: "button", class: "choice", onclick: () => choose({ title: `${day.label || day.date} ${time.label}`, payload: time.payload }) },
        spoken(`${day.label || day.date} `), time.label)))));
  return [
    h("h2", {}, icon("calendar"), `${card.center?.name ? `${card.center.name} ` : ""}방문 가능한 시간`),
    days.length ? h("ul", { class: "days" }, days.slice(0, DAYS_SHOWN).map(one)) : h("p", { text: "지금 비어 있는 시간이 없어요. 전화로 문의해 주세요." }),
    days.length > DAYS_SHOWN && h("details", {}, h("summary", { text: `다른 날 ${days.length - DAYS_SHOWN}일 더 보기` }), h("ul", { class: "days" }, days.slice(DAYS_SHOWN).map(one))),
    card.center?.phone && h("p", { class: "foot" }, "맞는 시간이 없으면 전화해 주세요. ", call(card.center.phone)),
  ];
}

const lines = (pairs) => h("dl", {}, pairs.filter(([, value]) => value).map(([label, value]) => h("div", {}, h("dt", { text: label }), h("dd", {}, value))));

function visit(card) {
  const booked = card.status !== "cancelled";
  return [
    h("h2", {}, icon("calendar"), `방문 상담 ${card.status_ko || ""}`),
    lines([["예약 번호", h("b", { class: "number", text: card.number })], ["일시", card.when_ko && h("b", { text: card.when_ko })],
      ["고용센터", card.center?.name], ["주소", card.center?.address], ["회사", card.company], ["연락처", card.contact_masked]]),
    h("ul", { class: "actions" },
      booked && safeAddress(card.ics_url) && h("li", {}, h("a", { class: "button", href: safeAddress(card.ics_url), download: "donghaeng-visit.ics" }, icon("calendar"), "내 달력에 넣기")),
      booked && safeAddress(card.manage_url) && h("li", {}, link(card.status === "waiting" ? "빈자리 확인·그만두기" : "시간 변경·취소", card.manage_url, { class: "button" })),
      card.center?.phone && h("li", {}, call(card.center.phone, [icon("phone"), card.center.phone], { class: "button" }))),
  ];
}

const lead = (card) => [h("h2", { text: card.title || "접수했어요" }), lines([["접수 번호", card.number && h("b", { class: "number", text: card.number })], ...(card.lines || []).map(({ label, value }) => [label, value])])];

function contact(card) {
  return [
    h("h2", {}, icon("phone"), card.name || "전화 상담"),
    phones(card.phones),
    card.hours && h("p", {}, h("span", { class: `badge ${card.open_now ? "good" : "none"}`, text: card.open_now ? "지금 통화할 수 있어요" : "지금은 상담 시간이 아니에요" }), ` ${card.hours}`),
    card.address && h("p", { text: card.address }),
    ...(card.note ? paragraphs(card.note) : []),
  ];
}

function example(card) {
  const firm = [card.company, card.place, card.industry].filter(Boolean).join(" · ");
  return [h("h2", { text: card.title }), firm && h("p", { class: "firm", text: firm }), ...(card.paragraphs || []).flatMap(paragraphs), foot(card)];
}

function notice(card) {
  return [h("div", { class: "line" }, icon(card.level === "info" ? "info" : "warning"), h("div", {}, paragraphs(card.text || ""))), has(card.phones) && phones(card.phones)];
}

const CARDS = { answer, verdicts, openings, visit, lead, contact, case: example, notice };

/** The element of a card, or null. `choose({title, payload})` is called when one of its buttons is pressed. */
export function draw(card, choose) {
  const drawing = card?.v === 1 && Object.hasOwn(CARDS, card.type) ? CARDS[card.type] : null;
  if (!drawing) return null;
  return h("div", { class: `card ${card.type}${card.type === "notice" ? ` ${card.level === "error" ? "error" : card.level === "info" ? "info" : "warning"}` : ""}` }, drawing(card, choose));
}

/** The card in a sentence or a few, for those who listen. */
export function tell(card) {
  if (card?.v !== 1) return "";
  const count = (status) => (card.verdicts || []).filter((item) => item.status === status).length;
  switch (card.type) {
    case "answer": return [card.title, ...(card.paragraphs || []), card.caution && `주의. ${card.caution}`].filter(Boolean).join(". ");
    case "verdicts": return [`제도 ${card.verdicts?.length || 0}개를 살펴봤어요.`, count("eligible") && `받을 수 있어요 ${count("eligible")}개.`,
      count("check") && `확인 필요 ${count("check")}개.`, count("possible") && `알아봐야 할 것 ${count("possible")}개.`, card.best?.text].filter(Boolean).join(" ");
    case "openings": return `방문 가능한 시간: ${(card.days || []).map((one) => `${one.label} ${(one.times || []).map((time) => time.label).join(", ")}`).join(". ") || "없음"}`;
    case "visit": return `방문 상담 ${card.status_ko || ""}. ${card.when_ko || ""}. 예약 번호 ${card.number}.`;
    case "lead": return [card.title, card.number && `접수 번호 ${card.number}`].filter(Boolean).join(". ");
    case "contact": return `${card.name || ""} ${(card.phones || []).map(({ label, number }) => `${label || ""} ${number}`).join(", ")}. ${card.hours || ""}`;
    case "case": return [card.title, ...(card.paragraphs || [])].join(". ");
    case "notice": return card.text || "";
    default: return "";
  }
}
