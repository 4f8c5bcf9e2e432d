// Talking to the server over lines that lose answers, and past networks that answer for others.

/** An answer that takes longer is no answer (ms). */
const PATIENCE = 30_000;

/**
 * Posts JSON with the session's token.
 *
 * @param {object} parts
 * @param {typeof fetch} parts.fetch
 * @param {() => string} parts.token the present token
 * @param {() => Promise<void>} parts.renew asks the application's page for a new one
 * @returns {(path: string, text: string, keepalive?: boolean) =>
 *   Promise<{status: number, body: object, again?: number}>} rejects when no answer of ours came
 */
export function poster({ fetch, token, renew }) {
  const once = async (path, text, keepalive) => {
    const stop = new AbortController();
    const timer = keepalive ? null : setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token()}` },
        body: text,
        keepalive,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: keepalive ? undefined : stop.signal,
      });
      const type = response.headers.get('Content-Type') ?? '';
      // A captive portal says 200 and a proxy says 502, both in HTML: neither is us.
      if (!/^application\/(problem\+)?json\b/.test(type)) throw new Error('not ours');
      const again = Number(response.headers.get('Retry-After')) * 1000 || undefined;
      return { status: response.status, body: await response.json(), again };
    } finally {
      if (timer !== null) clearTimeout(timer);
    }
  };
  return async (path, text, keepalive = false) => {
    const answer = await once(path, text, keepalive);
    if (answer.status !== 401 || keepalive) return answer;
    await renew();
    return once(path, text, keepalive);
  };
}

/**
 * The journal's way to the server.
 *
 * @param {ReturnType<typeof poster>} post
 * @returns {import('./journal.js').Send}
 */
export function journalSender(post) {
  return async ({ text, keepalive }) => {
    const { status, body, again } = await post('/-halqa/journal', text, keepalive);
    if (status === 200 && Number.isInteger(body.acked)) {
      return { kind: body.superseded ? 'superseded' : 'saved', acked: body.acked, body };
    }
    if (status === 409 && body.code === 'session-superseded' && Number.isInteger(body.acked)) {
      return { kind: 'superseded', acked: body.acked };
    }
    if (status === 409 && body.code === 'journal-gap') return { kind: 'gap', expected: body.expected };
    if (status === 410) return { kind: 'refused', code: 'gone' };
    if ([400, 403, 404, 409, 413, 422].includes(status) && typeof body.code === 'string') {
      return { kind: 'refused', code: body.code };
    }
    return { kind: 'failed', again };
  };
}
