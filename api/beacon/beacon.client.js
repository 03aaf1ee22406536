// Without consent nothing is stored, and nothing sent unless data-consent is "optional".
(() => {
  const d = document;
  const { src, dataset } = d.currentScript;
  const to = new URL(`v1/collect?write_key=${dataset.writeKey}`, src);
  let consent, last;
  let mine = '';
  let held = [];
  const uid = () => crypto.getRandomValues(new BigUint64Array(2)).join('');
  const cookie = (age) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in pages without TLS
    d.cookie = `rl_v=${mine};path=/;samesite=lax;max-age=${age}`;
  };
  const send = (type, more) => {
    const hit = { type, external_id: uid(), ...more };
    if (consent ?? (dataset.consent === 'optional' && type !== 'identify')) {
      const now = Date.now();
      let [who, session, at] = ((consent && d.cookie.match(/\brl_v=([\d.]+)/)?.[1]) || mine).split('.');
      who ||= uid();
      if (!(now - at < 18e5)) session = uid();
      mine = `${who}.${session}.${now}`;
      if (consent) {
        cookie(31536e3);
        hit.visitor_id = who;
      }
      hit.session_id = session;
      const body = JSON.stringify([hit]);
      navigator.sendBeacon?.(to, body) || fetch(to, { method: 'POST', body, keepalive: true });
    } else if (consent == null) held.push([type, hit]);
  };
  const url = () => location.href.split('#')[0].slice(0, 2048);
  const page = () => {
    const referrer = (last ?? d.referrer).slice(0, 2048) || undefined;
    if (last === url()) return;
    last = url();
    send('page', { url: last, title: d.title.slice(0, 512) || undefined, referrer });
  };
  const calls = {
    event: (name, properties) => send('event', { name, properties, url: url() }),
    identify: (who) =>
      send('identify', {
        customer_identifiers: Object.entries(who).map(([type, value]) => ({ type, value: `${value}` })),
      }),
    consent(given) {
      consent = given;
      if (given) for (const one of held) send(...one);
      else {
        mine = '';
        cookie(0);
      }
      held = [];
    },
  };
  const { q = [] } = window.revloop ?? {};
  window.revloop = (name, ...more) => calls[name]?.(...more);
  for (const name of ['pushState', 'replaceState']) {
    const change = history[name];
    history[name] = (...state) => {
      change.apply(history, state);
      setTimeout(page);
    };
  }
  addEventListener('popstate', page);
  page();
  for (const call of q) revloop(...call);
})();
