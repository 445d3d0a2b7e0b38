// The chat API from the browser's side. Throws Refused for problem documents and Unreachable when nothing answers.

const PATIENCE_MS = 20000;

export class Unreachable extends Error {}

export class Refused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail || "요청을 처리하지 못했어요.");
    Object.assign(this, { status, problem, retryAfter });
  }
}

async function request(method, path, { token, body } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body?.client_message_id) headers["X-Request-ID"] = body.client_message_id; // to be found again in the logs
  if (body) headers["Content-Type"] = "application/json";
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  let response;
  let answer;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal: patience.signal, cache: "no-store", credentials: "omit" });
    answer = response.status === 204 ? {} : await response.json();
  } catch (error) {
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw new Refused(response.status, answer, Number(response.headers.get("Retry-After")) || 0);
  return answer;
}

const SESSIONS = "/api/chat/sessions";

export const openSession = (partnerKey) => request("POST", SESSIONS, { body: partnerKey ? { partner_key: partnerKey } : {} });
export const lookAt = ({ id, token }) => request("GET", `${SESSIONS}/${id}`, { token });
export const sendMessage = ({ id, token }, body) => request("POST", `${SESSIONS}/${id}/messages`, { token, body });
export const sendFeedback = ({ id, token }, body) => request("POST", `${SESSIONS}/${id}/feedback`, { token, body });
