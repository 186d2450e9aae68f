// Requests to our own site. A lost session is an event of the document, so that whoever holds a text can keep it.
export const SIGNED_OUT = "dreamkast:signed-out";

export class HttpError extends Error {
  constructor(response, body) {
    super(`${response.status} ${response.url}`);
    this.status = response.status;
    this.body = body;
  }
}

/** The token for a change. It is read when it is needed: signing in on another tab replaces it. */
export function csrfToken() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie?.slice("csrftoken=".length) ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function bodyOf(response) {
  if (response.status === 204) return null;
  const isJson = response.headers.get("Content-Type")?.includes("json");
  return isJson ? response.json() : response.text();
}

async function request(url, options) {
  const response = await fetch(url, { credentials: "same-origin", ...options });
  if (response.status === 401) {
    document.dispatchEvent(new CustomEvent(SIGNED_OUT, { detail: { url } }));
  }
  return response;
}

export async function getJson(url, { signal } = {}) {
  const response = await request(url, { headers: { Accept: "application/json" }, signal });
  const body = await bodyOf(response);
  if (!response.ok) throw new HttpError(response, body);
  return { body, response };
}

/** POST, PUT, PATCH or DELETE with JSON. Never repeats by itself: the caller knows whether that is safe. */
export async function sendJson(method, url, body, { signal, headers = {} } = {}) {
  const response = await request(url, {
    method,
    signal,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": csrfToken(),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await bodyOf(response);
  if (!response.ok) throw new HttpError(response, answer);
  return { body: answer, response };
}
