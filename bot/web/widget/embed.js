// The loader: one line on a partner's page, <script src="https://HOST/embed.js" data-key="…" async></script>, gives a
// launcher and, once asked for, the widget in a frame. It lives in a shadow root, is styled through the CSSOM (so a
// page's own strict style-src is no hindrance), and hears nothing but its own frame.
(() => {
  const script = document.currentScript;
  const key = script && script.dataset.key;
  if (!key || window.donghaeng) return;
  window.donghaeng = 1;
  const home = new URL(script.src).origin;
  const make = (tag, properties, style) => {
    const element = Object.assign(document.createElement(tag), properties);
    Object.assign(element.style, style);
    return element;
  };
  const phone = matchMedia("(max-width: 30rem)");
  const layer = { position: "fixed", zIndex: "2147483000", right: "16px", bottom: "16px" };
  const host = make("div");
  const shadow = host.attachShadow({ mode: "open" });
  const launcher = make("button", { type: "button", textContent: script.dataset.label || "육아지원 상담" }, {
    ...layer, minHeight: "52px", padding: "0 22px", border: "2px solid #fff", borderRadius: "26px", background: "#0b50d0", color: "#fff",
    font: "700 17px/1.2 system-ui, sans-serif", cursor: "pointer", boxShadow: "0 4px 16px rgb(0 0 0 / .3)",
  });
  const panel = make("div", { hidden: true }, { ...layer });
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "동행봇 상담창");
  launcher.setAttribute("aria-haspopup", "dialog");
  launcher.setAttribute("aria-expanded", "false");
  shadow.append(launcher, panel);
  let frame;
  let ready = false;

  const fit = () => Object.assign(panel.style, phone.matches
    ? { inset: "0", width: "100%", height: "100%" }
    : { inset: "auto 16px 16px auto", width: "min(420px, calc(100vw - 32px))", height: "min(720px, calc(100vh - 32px))" });
  const failed = () => {
    if (ready) return;
    const away = make("a", { href: home, target: "_blank", rel: "noopener", textContent: "새 창에서 상담하기" }, { color: "#0b50d0" });
    const box = make("p", {}, { margin: "0", padding: "20px", background: "#fff", color: "#1e2124", font: "17px/1.6 system-ui, sans-serif", borderRadius: "12px" });
    box.append("상담창을 열지 못했어요. ", away, " 또는 국번 없이 1350");
    panel.replaceChildren(box);
    console.warn(`동행봇: 상담창이 열리지 않습니다. 점검: ${home}/partners/check?key=${encodeURIComponent(key)}`);
  };
  const show = (open) => {
    panel.hidden = !open;
    launcher.hidden = open;
    launcher.style.display = open ? "none" : "";
    launcher.setAttribute("aria-expanded", String(open));
    if (!open) return launcher.focus();
    if (!frame) {
      frame = make("iframe", { title: "동행봇 상담창", src: `${home}/widget?key=${encodeURIComponent(key)}&origin=${encodeURIComponent(location.origin)}`, allow: "clipboard-write" },
        { width: "100%", height: "100%", border: "0", borderRadius: phone.matches ? "0" : "12px", boxShadow: "0 8px 32px rgb(0 0 0 / .3)", background: "#fff", colorScheme: "light dark" });
      panel.append(frame);
      setTimeout(failed, 10000);
    }
    fit();
    frame.focus();
    if (ready) frame.contentWindow.postMessage({ donghaeng: 1, type: "open" }, home);
  };
  launcher.onclick = () => show(true);
  phone.onchange = fit;
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home || !event.data || event.data.donghaeng !== 1) return;
    if (event.data.type === "close") show(false);
    if (event.data.type === "ready") {
      ready = true;
      frame.contentWindow.postMessage({ donghaeng: 1, type: "open" }, home);
    }
  });
  const put = () => document.body.append(host);
  if (document.body) put();
  else addEventListener("DOMContentLoaded", put);
})();
