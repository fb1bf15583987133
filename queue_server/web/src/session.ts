// Keeps a page that stays open signed in: each answer brings a newer cookie.

export const SESSION = "/api/v1/session";
const EVERY_MS = 3_600_000;

/** Ask once an hour; while the server is away the page says so itself. */
export function staySignedIn(): void {
  window.setInterval(() => void fetch(SESSION).catch(() => undefined), EVERY_MS);
}
